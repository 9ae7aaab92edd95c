// @ts-check
// What every container of observability/compose.yaml has to have.

/** A version of an image, with or without its digest. */
const PINNED = /^[\w./-]+:v?\d[\w.-]*(?:@sha256:[0-9a-f]{64})?$/;
/** What collected logs once. */
const RETIRED = /grafana\/(?:promtail|agent)\b|fluent-plugin-loki/;
/** What a variable of the environment stands for, unless it is set. */
const DEFAULT = /\$\{\w+:-([^}]*)\}/g;
const LIMITS = ['mem_limit', 'cpus', 'pids_limit'];

/**
 * @typedef {object} Options
 * @property {(path: string) => boolean} exists Whether there is such a file or folder in the project.
 * @property {readonly string[]} others The services of compose.yaml below it.
 */

/**
 * @param {any} compose With anchors resolved.
 * @param {Options} options
 * @returns {string[]}
 */
export function composeProblems({ services, volumes = {}, secrets = {} }, { exists, others }) {
  const names = [...Object.keys(services), ...others];
  return Object.entries(services).flatMap(([name, service]) =>
    [
      ...limitProblems(service),
      ...(service.ports ?? [])
        .filter((/** @type {unknown} */ port) => !String(port).startsWith('127.0.0.1:'))
        .map(
          (/** @type {unknown} */ port) => `the port ${port} is open to others: it begins with 127.0.0.1:`,
        ),
      ...volumeProblems(service, { volumes, exists }),
      ...(service.secrets ?? [])
        .filter((/** @type {string} */ secret) => !(secret in secrets))
        .map((/** @type {string} */ secret) => `there is no secret ${secret}`),
      ...Object.keys(service.depends_on ?? {})
        .filter((other) => !names.includes(other))
        .map((other) => `there is no ${other} to depend on`),
      // What is added to a service of compose.yaml has its image, and its restrictions, there.
      ...(others.includes(name) ? [] : ownProblems(service)),
    ].map((problem) => `${name}: ${problem}`),
  );
}

/** @param {any} service */
function ownProblems({ image = '', healthcheck, restart, read_only: readOnly, privileged, ...service }) {
  const endsByItself = restart === 'no';
  return [
    ...(PINNED.test(image) ? [] : [`the image ${image} has no version`]),
    ...(RETIRED.test(image) ? [`${image} has reached its end of life: Alloy collects`] : []),
    ...(healthcheck?.test || (healthcheck?.disable && endsByItself) ? [] : ['there is no healthcheck']),
    ...(restart === 'unless-stopped' || endsByItself ? [] : ['it does not say whether to restart']),
    ...(readOnly ? [] : ['its file system can be written: read_only']),
    ...(service.cap_drop?.includes('ALL') ? [] : ['it keeps capabilities: cap_drop: [ALL]']),
    ...(service.security_opt?.includes('no-new-privileges:true')
      ? []
      : ['it may gain rights: no-new-privileges:true']),
    ...(privileged ? ['it is privileged'] : []),
    ...(service.logging?.options?.['max-size'] ? [] : ['its log is not bounded: logging.options.max-size']),
  ];
}

/** @param {any} service */
function limitProblems(service) {
  // A service of which something else is said than what it may use.
  if (!service.image && LIMITS.every((limit) => service[limit] === undefined)) return [];
  return LIMITS.filter((limit) => service[limit] === undefined).map((limit) => `there is no ${limit}`);
}

/**
 * @param {any} service
 * @param {{ volumes: Record<string, unknown>, exists: (path: string) => boolean }} options
 * @returns {string[]}
 */
function volumeProblems({ volumes: mounts = [] }, { volumes, exists }) {
  return mounts.flatMap((/** @type {string} */ mount) => {
    const [source = '', , mode] = mount.replaceAll(DEFAULT, '$1').split(':');
    if (!/^[./]/.test(source)) return source in volumes ? [] : [`there is no volume ${source}`];
    return [
      ...(mode === 'ro' ? [] : [`${source} can be written: it ends in :ro`]),
      ...(mount.startsWith('./.data/')
        ? [`${source} is the same for checks: \${OBSERVABILITY_SECRETS:-…}`]
        : []),
      // The script `observability` makes what is in .data; the rest of the machine is there.
      ...(source.startsWith('/') || source.startsWith('./.data/') || exists(source)
        ? []
        : [`there is no ${source}`]),
    ];
  });
}
