// @ts-check
// Checks what observability/ describes: rules with their tests, routes of alerts, runbooks.
//   node scripts/observability/verify.mjs
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { alertProblems, filesIn, readAlerts } from './lib/alerts.mjs';
import { dashboardProblems, readDashboards } from './lib/dashboards.mjs';
import { MissingTool, findTool } from './lib/tools.mjs';

const SKIPPED = 77;
const PROMETHEUS = 'observability/prometheus';
const ALERTMANAGER = 'observability/alertmanager/alertmanager.yml';

/** @type {Record<string, () => string[]>} What is checked, each with the problems that it finds. */
const CHECKS = {
  'the rules of the objectives are written': () =>
    run(process.execPath, ['scripts/observability/slo.mjs', '--check']),
  'the dashboards are what their sources describe': () =>
    run(process.execPath, ['scripts/observability/dashboards/build.ts', '--check']),
  'the dashboards keep to the rules': () => {
    const { dashboards, exclusions, problems } = readDashboards();
    return [...problems, ...dashboardProblems(dashboards, exclusions)];
  },
  'Prometheus takes its configuration and rules': () => [
    ...run(findTool('promtool'), ['check', 'config', `${PROMETHEUS}/prometheus.yml`]),
    ...run(findTool('promtool'), [
      'check',
      'rules',
      '--lint=all',
      '--lint-fatal',
      ...filesIn(`${PROMETHEUS}/rules`),
    ]),
  ],
  'the tests of the rules pass': () =>
    run(findTool('promtool'), ['test', 'rules', ...filesIn(`${PROMETHEUS}/tests`)]),
  'every alert says what to do, and is tested': () => alertProblems(readAlerts()),
  'Alertmanager takes its configuration': () => run(findTool('amtool'), ['check-config', ALERTMANAGER]),
  'alerts reach their receivers': () => routes().flatMap(routeProblems),
};

try {
  for (const [what, check] of Object.entries(CHECKS)) report(what, check());
} catch (error) {
  if (!(error instanceof MissingTool)) throw error;
  console.log(error.message);
  process.exitCode ??= SKIPPED;
}

/**
 * @param {string} what
 * @param {string[]} problems
 */
function report(what, problems) {
  console.log(`${problems.length === 0 ? 'passed' : 'FAILED'}  ${what}`);
  for (const problem of problems) console.log(`  ${problem.trim().replaceAll('\n', '\n  ')}`);
  if (problems.length > 0) process.exitCode = 1;
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {string[]}
 */
function run(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? [] : [`${stdout}${stderr}`];
}

/** @returns {{ labels: Record<string, string>, receiver: string }[]} */
function routes() {
  return parse(readFileSync('observability/alertmanager/routes.yaml', 'utf8'));
}

/** @param {{ labels: Record<string, string>, receiver: string }} route */
function routeProblems({ labels, receiver }) {
  const matchers = Object.entries(labels).map(([label, value]) => `${label}=${value}`);
  return run(findTool('amtool'), [
    'config',
    'routes',
    'test',
    `--config.file=${ALERTMANAGER}`,
    `--verify.receivers=${receiver}`,
    ...matchers,
  ]).map((problem) => `${matchers.join(' ')}: ${problem}`);
}
