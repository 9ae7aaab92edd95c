// @ts-check
// The rules of Prometheus for objectives: burn rates over several windows, as in chapter 5 of Google's SRE Workbook.

/**
 * @typedef {import('./objectives.mjs').Objective} Objective
 * @typedef {import('./objectives.mjs').Objectives} Objectives
 */

const REQUESTS = 'http_server_request_duration_seconds';
const BY = 'by (service, environment)';
/** Whoever asked is to blame for what is no 5xx; what failed fast is no quick answer. */
const FAILED = 'status=~"5.."';

/**
 * Which part of the budget, spent within the long window, asks for action. The short window ends the alert when it is over.
 *
 * @type {{ severity: 'page' | 'ticket', tiers: { budget: number, hours: number, long: string, short: string }[] }[]}
 */
const BURNS = [
  {
    severity: 'page',
    tiers: [
      { budget: 0.02, hours: 1, long: '1h', short: '5m' },
      { budget: 0.05, hours: 6, long: '6h', short: '30m' },
    ],
  },
  {
    severity: 'ticket',
    tiers: [
      { budget: 0.1, hours: 24, long: '1d', short: '2h' },
      { budget: 0.1, hours: 72, long: '3d', short: '6h' },
    ],
  },
];
const HOURS = ['30m', '1h', '2h', '6h'];
/** Asked once a minute: they are long to read, and slow to change. */
const DAYS = ['1d', '3d'];

/**
 * The content of a rule file.
 *
 * @param {Objectives} objectives
 */
export function sloRules({ windowDays, minimumFailures, objectives }) {
  const window = `${windowDays}d`;
  return {
    groups: objectives.flatMap((objective) => {
      const alerts = (/** @type {'page' | 'ticket'} */ wanted) =>
        BURNS.filter(({ severity }) => severity === wanted).map((burn) =>
          alert(objective, burn, { windowDays, minimumFailures }),
        );
      return [
        {
          name: `slo-${objective.name}`,
          rules: [...indicators(objective), ...ratios(objective, HOURS), ...alerts('page')],
        },
        {
          name: `slo-${objective.name}-days`,
          interval: '1m',
          rules: [...ratios(objective, [...DAYS, window]), ...budget(objective, window), ...alerts('ticket')],
        },
      ];
    }),
  };
}

/**
 * How many times faster than allowed a budget burns when the fastest alert fires.
 *
 * @param {number} windowDays
 */
export function fastestBurn(windowDays) {
  return Math.max(...BURNS.flatMap(({ tiers }) => tiers).map((tier) => factorOf(tier, windowDays)));
}

/**
 * @param {{ budget: number, hours: number }} tier
 * @param {number} windowDays
 */
function factorOf({ budget: part, hours }, windowDays) {
  return Number(((part * windowDays * 24) / hours).toFixed(2));
}

/** @param {Objective} objective */
function indicators({ name, kind, thresholdSeconds = 0 }) {
  const labels = { slo: name };
  const rate = (/** @type {string} */ selector) => `sum ${BY} (rate(${REQUESTS}_${selector}[5m]))`;
  const [all, good] =
    kind === 'availability'
      ? [rate('count'), '']
      : [rate('count{status!~"5.."}'), rate(`bucket{status!~"5..",${bucket(thresholdSeconds)}}`)];
  // Where nothing has failed yet there is no series of failures.
  const bad = good ? `${all} - ${good}` : `${rate(`count{${FAILED}}`)} or ${all} * 0`;
  return [
    { record: 'slo:requests:rate5m', expr: all, labels },
    { record: 'slo:errors:rate5m', expr: bad, labels },
    { record: 'slo:error_ratio:rate5m', expr: ratio(name, '5m'), labels },
  ];
}

/**
 * The bucket of a bound, as Prometheus stores it: whole numbers get a fraction in version 3.
 *
 * @param {number} seconds
 */
function bucket(seconds) {
  return Number.isInteger(seconds) ? `le=~"${seconds}|${seconds}.0"` : `le="${seconds}"`;
}

/**
 * Weighted by requests, so that quiet hours count for what they are.
 *
 * @param {string} name
 * @param {string} window
 */
function ratio(name, window) {
  const of = (/** @type {string} */ record) => {
    const series = `slo:${record}:rate5m{slo="${name}"}`;
    return window === '5m' ? series : `avg_over_time(${series}[${window}])`;
  };
  return `${of('errors')} / (${of('requests')} > 0)`;
}

/**
 * @param {Objective} objective
 * @param {string[]} windows
 */
function ratios({ name }, windows) {
  return [...new Set(windows)].map((window) => ({
    record: `slo:error_ratio:rate${window}`,
    expr: ratio(name, window),
    labels: { slo: name },
  }));
}

/**
 * @param {Objective} objective
 * @param {string} window
 */
function budget({ name, targetPercent }, window) {
  const labels = { slo: name };
  return [
    { record: 'slo:objective:ratio', expr: `vector(${targetPercent} / 100)`, labels },
    {
      record: 'slo:error_budget_remaining:ratio',
      expr: `1 - slo:error_ratio:rate${window}{slo="${name}"} / ${allowed(targetPercent)}`,
      labels,
    },
  ];
}

/**
 * @param {Objective} objective
 * @param {(typeof BURNS)[number]} burn
 * @param {{ windowDays: number, minimumFailures: number }} options
 */
function alert(
  { name, targetPercent, promise, runbook },
  { severity, tiers },
  { windowDays, minimumFailures },
) {
  const conditions = tiers.map((tier) => {
    const { long, short } = tier;
    const limit = `${factorOf(tier, windowDays)} * ${allowed(targetPercent)}`;
    const burns = (/** @type {string} */ window) => `slo:error_ratio:rate${window}{slo="${name}"} > ${limit}`;
    // Summed, not averaged: a window that is not full yet has no more failures than it has seen.
    const enough = `round(sum_over_time(slo:errors:rate5m{slo="${name}"}[${long}:1m]) * 60) >= ${minimumFailures}`;
    return `(${burns(long)} and ${burns(short)} and ${enough})`;
  });
  const title = name.replace(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase());
  return {
    alert: `${title}BudgetBurns${severity === 'page' ? 'Fast' : ''}`,
    expr: conditions.join('\nor\n'),
    labels: { severity, slo: name },
    annotations: {
      summary: `{{ $labels.service }} in {{ $labels.environment }} spends its error budget of ${name} too fast.`,
      description: `Promised: ${promise.charAt(0).toLowerCase()}${promise.slice(1)}, for ${targetPercent} % of them in ${windowDays} days. Now {{ $value | humanizePercentage }} are not.`,
      runbook_url: `{{ $externalLabels.repository_url }}/blob/main/docs/runbooks/${runbook}.md`,
      dashboard_url: `{{ $externalLabels.grafana_url }}/d/slo?var-service={{ $labels.service }}&var-environment={{ $labels.environment }}`,
    },
  };
}

/** @param {number} targetPercent */
function allowed(targetPercent) {
  return `(1 - ${targetPercent} / 100)`;
}
