// @ts-check
// The configurations as they are, but for addresses and for time, which runs faster.

const SECOND = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
/** A minute takes a second. */
const FASTER = 60;

/**
 * @param {any} configuration prometheus.yml
 * @param {object} places
 * @param {Record<string, string>} places.targets The address of each job that runs; the others are left out.
 * @param {string} places.alertmanager
 * @param {string} places.rules The pattern of its files.
 */
export function prometheusConfiguration(configuration, { targets, alertmanager, rules }) {
  return {
    ...configuration,
    global: {
      ...configuration.global,
      scrape_interval: '1s',
      scrape_timeout: '1s',
      evaluation_interval: '1s',
    },
    rule_files: [rules],
    alerting: {
      ...configuration.alerting,
      alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }],
    },
    scrape_configs: configuration.scrape_configs
      .filter((/** @type {any} */ { job_name: job }) => targets[job])
      .map((/** @type {any} */ scrape) => ({
        ...scrape,
        static_configs: scrape.static_configs.map((/** @type {any} */ group) => ({
          ...group,
          targets: [targets[scrape.job_name]],
        })),
      })),
  };
}

/**
 * @param {any} file A file of rules.
 */
export function fasterRules(file) {
  return {
    ...file,
    groups: file.groups.map((/** @type {any} */ group) => ({
      ...group,
      ...(group.interval && { interval: faster(group.interval) }),
      rules: group.rules.map((/** @type {any} */ rule) =>
        rule.for ? { ...rule, for: faster(rule.for) } : rule,
      ),
    })),
  };
}

/**
 * @param {any} configuration alertmanager.yml
 * @param {string} receivers The folder with a file for each receiver.
 */
export function alertmanagerConfiguration(configuration, receivers) {
  return {
    ...configuration,
    route: fasterRoute(configuration.route),
    receivers: configuration.receivers.map(
      (/** @type {any} */ { name, webhook_configs: hooks, ...receiver }) => ({
        ...receiver,
        name,
        webhook_configs: hooks.map((/** @type {any} */ hook) => ({
          ...hook,
          url_file: `${receivers}/${name}`,
        })),
      }),
    ),
  };
}

/** @param {any} route @returns {any} */
function fasterRoute({ routes = [], ...route }) {
  const intervals = Object.entries(route)
    .filter(([key]) => /^group_(wait|interval)$|^repeat_interval$/.test(key))
    .map(([key, value]) => [key, key === 'group_wait' ? '0s' : faster(value)]);
  return { ...route, ...Object.fromEntries(intervals), routes: routes.map(fasterRoute) };
}

/**
 * @param {string} duration As Prometheus writes it, e.g. `1h30m`.
 * @returns {string}
 */
function faster(duration) {
  const seconds = [...duration.matchAll(/(\d+)(ms|[smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * SECOND[/** @type {keyof typeof SECOND} */ (unit)],
    0,
  );
  return seconds === 0 ? '0s' : `${Math.max(1, Math.round(seconds / FASTER))}s`;
}
