// @ts-check
// What Grafana is given at its start: sources that exist, and links that lead somewhere.

/**
 * @typedef {object} Provisioned
 * @property {any} datasources Of provisioning/datasources.
 * @property {any} providers Of provisioning/dashboards.
 * @property {any} services Of compose.yaml.
 * @property {readonly import('./queries.mjs').Dashboard[]} dashboards
 */

const FOLDER = './observability/grafana/dashboards';

/**
 * @param {Provisioned} provisioned
 * @returns {string[]}
 */
export function provisioningProblems({ datasources, providers, services, dashboards }) {
  const mounts = /** @type {string[]} */ (services.grafana.volumes).map((mount) => mount.split(':'));
  const [, path] = mounts.find(([source]) => source === FOLDER) ?? [];
  return [
    ...datasources.datasources.flatMap((/** @type {any} */ source) =>
      [
        ...sourceProblems(source, services),
        ...linksIn(source).flatMap((link) => linkProblems(link, dashboards)),
      ].map((problem) => `${source.name}: ${problem}`),
    ),
    ...providers.providers.flatMap(
      (/** @type {any} */ { name, allowUiUpdates, disableDeletion, options }) => [
        ...(allowUiUpdates ? [`${name}: what is changed in Grafana would be lost: allowUiUpdates`] : []),
        ...(disableDeletion ? [`${name}: a dashboard that is removed would stay: disableDeletion`] : []),
        ...(options?.path === path ? [] : [`${name}: ${options?.path} is not where dashboards are: ${path}`]),
      ],
    ),
  ];
}

/**
 * @param {any} source
 * @param {any} services
 */
function sourceProblems({ uid, type, url, editable }, services) {
  const { hostname } = new URL(url);
  return [
    ...(uid === type ? [] : [`the uid ${uid} is not ${type}, which links and checks ask for`]),
    ...(editable === false ? [] : ['what is changed in Grafana would be lost: editable']),
    ...(hostname in services ? [] : [`there is no service ${hostname}`]),
  ];
}

/** @param {any} source @returns {string[]} */
function linksIn({ jsonData = {} }) {
  return (jsonData.derivedFields ?? []).map((/** @type {any} */ { url }) => url);
}

/**
 * @param {string} link
 * @param {readonly import('./queries.mjs').Dashboard[]} dashboards
 */
function linkProblems(link, dashboards) {
  const [, uid, query = ''] = /^\/d\/([\w-]+)(?:\?(.*))?$/.exec(link) ?? [];
  const dashboard = dashboards.find((one) => one.uid === uid);
  if (!dashboard) return [`${link} leads to no dashboard`];
  const names = (dashboard.templating?.list ?? []).map(({ name }) => name);
  return [
    ...[...query.matchAll(/var-(\w+)=/g)]
      .filter(([, name = '']) => !names.includes(name))
      .map(([, name]) => `the dashboard ${uid} has no variable ${name}`),
    ...(/\bfrom=.*&to=/.test(query) ? [] : [`${link} shows recent lines only: from and to`]),
    // Grafana puts variables of the environment in place of the others.
    ...(/(?<!\$)\$\{/.test(query) ? [`${link} needs $$ before {`] : []),
  ];
}
