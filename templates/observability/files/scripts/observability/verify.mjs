// @ts-check
// Checks what observability/ describes: rules with their tests, routes of alerts, runbooks, queries of logs, containers.
//   node scripts/observability/verify.mjs [only]
// With an argument, only those checks whose name contains it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { alertProblems, readAlerts, readTests } from './lib/alerts.mjs';
import { alloyProblems } from './lib/alloy.mjs';
import { composeProblems } from './lib/compose-policy.mjs';
import { schemaProblems } from './lib/dashboard-schema.mjs';
import { dashboardProblems, readDashboards } from './lib/dashboards.mjs';
import { filesIn } from './lib/files.mjs';
import { withLines } from './lib/lines.mjs';
import { LABELS, METADATA, fieldsOf } from './lib/log-fields.mjs';
import { logQueryProblems } from './lib/log-queries.mjs';
import { lokiProblems } from './lib/loki.mjs';
import { promqlProblems } from './lib/promql.mjs';
import { provisioningProblems } from './lib/provisioning.mjs';
import { report } from './lib/report.mjs';
import { RECEIVERS, routingProblems } from './lib/routing.mjs';
import { commandProblems, queriesIn, readRunbooks } from './lib/runbooks.mjs';
import { MissingTool, findTool } from './lib/tools.mjs';

const SKIPPED = 77;
const PROMETHEUS = 'observability/prometheus';
const ALERTMANAGER = 'observability/alertmanager/alertmanager.yml';
/** What tools say beside what is wrong. */
const NO_PROBLEM = /^\s*(?:SUCCESS|Checking \S+$|Unit Testing:|Warning: --config\.file)/;
const ROUTES = 'observability/alertmanager/routes.yaml';
const LOKI = 'observability/loki/loki.yaml';
const COMPOSE = 'observability/compose.yaml';
const GRAFANA = 'observability/grafana/provisioning';
const ALLOY = 'observability/alloy/config.alloy';

/** @type {Record<string, () => string[]>} What is checked, each with the problems that it finds. */
const CHECKS = {
  'the rules of the objectives are written': () =>
    run(process.execPath, ['scripts/observability/slo.mjs', '--check']),
  'the dashboards are what their sources describe': () =>
    run(process.execPath, ['scripts/observability/dashboards/build.ts', '--check']),
  "the dashboards are what Grafana's types say": () => schemaProblems(readDashboards().dashboards),
  'the dashboards keep to the rules': () => {
    const { dashboards, exclusions, problems } = readDashboards();
    return [...problems, ...dashboardProblems(dashboards, exclusions)];
  },
  'Prometheus takes its configuration and rules': () =>
    run(findTool('promtool'), [
      'check',
      'config',
      '--lint=all',
      '--lint-fatal',
      `${PROMETHEUS}/prometheus.yml`,
    ]),
  'the tests of the rules pass': () =>
    filesIn(`${PROMETHEUS}/tests`).flatMap((file) =>
      run(findTool('promtool'), ['test', 'rules', file]).map((problem) => `${file}:\n${problem}`),
    ),
  'every alert says what to do, and is tested': () =>
    alertProblems(readAlerts(), { tests: readTests(), runbooks: readRunbooks(), dashboards: dashboards() }),
  'queries in runbooks are PromQL': () =>
    queriesIn('promql', readRunbooks()).flatMap(({ where, expr }) =>
      promqlProblems(expr).map((problem) => `${where}: ${problem}`),
    ),
  'commands in runbooks name containers that there are': () => commandProblems(readRunbooks()),
  'Alertmanager takes its configuration': () => [
    ...configurationProblems(),
    ...routingProblems(readFileSync(ALERTMANAGER, 'utf8'), {
      file: ALERTMANAGER,
      alerts: readAlerts().map(({ name }) => name),
    }),
  ],
  'alerts reach their receivers': () =>
    configurationProblems().length > 0
      ? [`${ALERTMANAGER}: correct it first, it has no routes to try`]
      : routes().flatMap(routeProblems),
  'queries of logs are LogQL, with names that lines have': () => logQueryProblems(logNames()),
  'Loki deletes logs when it should, and has few labels': () =>
    lokiProblems(yaml(LOKI)).map((problem) => `${LOKI}: ${problem}`),
  'Alloy gives lines their labels': () => alloyProblems(readFileSync(ALLOY, 'utf8'), ALLOY),
  'Grafana is given what exists': () =>
    provisioningProblems({
      datasources: yaml(`${GRAFANA}/datasources/datasources.yaml`),
      providers: yaml(`${GRAFANA}/dashboards/dashboards.yaml`),
      services: yaml(COMPOSE).services,
      dashboards: readDashboards().dashboards.map(({ dashboard }) => dashboard),
    }),
  'containers are pinned, limited, confined and not open to others': () =>
    composeProblems(yaml(COMPOSE), {
      exists: existsSync,
      others: Object.keys(yaml('compose.yaml').services),
    }),
};

/** @type {typeof CHECKS} What is checked where the program can be had, which comes with an image alone. */
const CHECKS_BY_IMAGES = {
  'Loki takes its configuration': () => run(findTool('loki'), ['-verify-config', `-config.file=${LOKI}`]),
  'Alloy takes its configuration': () => [
    ...run(findTool('alloy'), ['fmt', '--test', ALLOY]),
    ...run(findTool('alloy'), ['validate', ALLOY]),
  ],
};

const [only = ''] = process.argv.slice(2);
if (wanted({ ...CHECKS, ...CHECKS_BY_IMAGES }).length === 0) {
  console.error(`No check has a name with "${only}".`);
  process.exit(2);
}

for (const [what, check] of wanted(CHECKS_BY_IMAGES))
  attempt(
    () => report(what, check()),
    (reason) => console.log(`unknown  ${what}: ${reason}`),
  );
/** @type {Set<string>} */
const missing = new Set();
for (const [what, check] of wanted(CHECKS))
  attempt(
    () => report(what, check()),
    (reason) => missing.add(reason),
  );
if (missing.size > 0) {
  // The last line is the reason of what was skipped.
  console.log([...missing].join('; '));
  process.exitCode ??= SKIPPED;
}

/** @param {typeof CHECKS} checks */
function wanted(checks) {
  return Object.entries(checks).filter(([what]) => what.includes(only));
}

/**
 * @param {() => void} check
 * @param {(missing: string) => void} otherwise With what is missing.
 */
function attempt(check, otherwise) {
  try {
    check();
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    otherwise(error.message);
  }
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {string[]}
 */
function run(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status === 0) return [];
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() && !NO_PROBLEM.test(line));
  return [lines.filter((line, index) => line !== lines[index - 1]).join('\n')];
}

function configurationProblems() {
  return run(findTool('amtool'), ['check-config', ALERTMANAGER]);
}

/**
 * @typedef {object} Route
 * @property {string} where
 * @property {Record<string, string>} labels
 * @property {string} receiver
 */

/**
 * Those in the file, and that of every alert by its severity.
 *
 * @returns {Route[]}
 */
function routes() {
  const { value, where } = withLines(readFileSync(ROUTES, 'utf8'), ROUTES);
  const given = value.map((/** @type {Omit<Route, 'where'>} */ route, /** @type {number} */ index) => ({
    ...route,
    where: where([index]),
  }));
  const bySeverity = readAlerts().map(({ name, where: line, labels }) => ({
    where: line,
    labels: { alertname: name, ...labels },
    receiver: RECEIVERS[/** @type {keyof typeof RECEIVERS} */ (labels['severity'])],
  }));
  const isGiven = (/** @type {Route} */ { labels }) =>
    given.some((/** @type {Route} */ route) => isDeepStrictEqual(route.labels, labels));
  return [...given, ...bySeverity.filter((route) => !isGiven(route))];
}

/** The uids, which are the names of the files. */
function dashboards() {
  return readDashboards().dashboards.map(({ dashboard }) => dashboard.uid);
}

function logNames() {
  const schema = JSON.parse(readFileSync('src/observability/log-line.schema.json', 'utf8'));
  return { labels: LABELS, metadata: METADATA, fields: fieldsOf(schema) };
}

/** @param {string} file */
function yaml(file) {
  return parse(readFileSync(file, 'utf8'), { merge: true });
}

/** @param {Route} route */
function routeProblems({ where, labels, receiver }) {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return run(findTool('amtool'), [
    'config',
    'routes',
    'test',
    `--config.file=${ALERTMANAGER}`,
    `--verify.receivers=${receiver}`,
    ...matchers,
  ]).map((problem) => `${where}: ${matchers.join(' ')} should reach ${receiver}: ${problem}`);
}
