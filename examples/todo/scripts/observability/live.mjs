// @ts-check
// Runs the service with Prometheus, Alertmanager and the exporters, drives it, and asks: does everything that rules and panels
// ask for exist, and does an outage reach whoever is on call?
//   node scripts/observability/live.mjs [--keep]
// With --keep all of it goes on running, to look at, until it is interrupted.
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { filesIn } from './lib/files.mjs';
import { filledIn, queriesOf } from './lib/queries.mjs';
import { MissingTool } from './lib/tools.mjs';
import { problemsOf } from './live/judge.mjs';
import { Stack, serviceName } from './live/stack.mjs';
import { goodTraffic, lockedTraffic } from './live/traffic.mjs';
import { until } from './live/until.mjs';

const SKIPPED = 77;
const RULES = 'observability/prometheus/rules';
const DASHBOARDS = 'observability/grafana/dashboards';

/** @type {{ metrics: string, reason: string }[]} */
const unmeasured = parse(readFileSync('observability/unmeasured.yaml', 'utf8'));

if (!existsSync('dist/main.js')) {
  console.error('There is no build. Make one with the script "build" first.');
  process.exit(1);
}
const start = Date.now() / 1000;
const stack = new Stack();
try {
  await stack.start();
  await check('Prometheus reaches everything', targetProblems);
  await drive();
  await check('an outage of the database reaches whoever is on call, with a runbook', outageProblems);
  await check('Prometheus evaluates every rule', ruleProblems);
  await check('everything that rules ask for exists', async () => answersTo(rules()));
  await check('everything that dashboards ask for exists', async () => answersTo(panels()));
  if (process.argv.includes('--keep')) await keep();
} catch (error) {
  if (error instanceof MissingTool) {
    console.log(error.message);
    process.exitCode ??= SKIPPED;
  } else {
    console.error(error);
    process.exitCode = 1;
  }
} finally {
  await stack.stop();
}

/**
 * @param {string} what
 * @param {() => Promise<string[]>} find
 */
async function check(what, find) {
  const problems = await find();
  console.log(`${problems.length === 0 ? 'passed' : 'FAILED'}  ${what}`);
  for (const problem of problems) console.log(`  ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

async function keep() {
  const { service, prometheus } = running();
  console.log(`The service is at ${service.url}, Prometheus at ${prometheus.url}. Ctrl-C ends both.`);
  const traffic = setInterval(() => void goodTraffic(service.url).catch(console.error), 2000);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  clearInterval(traffic);
}

async function drive() {
  const { service, ownerUrl } = running();
  await goodTraffic(service.url);
  for (const companion of stack.companions) await companion.disturb();
  await goodTraffic(service.url);
  await lockedTraffic(service.url, ownerUrl, { slowMs: 800, failMs: 3000 });
  await goodTraffic(service.url);
}

/** What is there once the stack has started. */
function running() {
  const { service, prometheus, ownerUrl } = stack;
  if (!service || !prometheus || !ownerUrl) throw new Error('The stack has not started.');
  return { service, prometheus, ownerUrl };
}

/** @returns {Promise<string[]>} */
async function targetProblems() {
  const { prometheus } = running();
  const targets = await until('the first scrapes', async () => {
    const found = await prometheus.targets();
    return found.length > 0 && found.every(({ health }) => health !== 'unknown') && found;
  });
  return targets
    .filter(({ health }) => health !== 'up')
    .map(({ labels, lastError }) => `${labels['job']} at ${labels['instance']}: ${lastError}`);
}

/** @returns {Promise<string[]>} */
async function outageProblems() {
  const { prometheus, service } = running();
  const { receivers } = stack;
  const alert = 'DatabaseUnreachable';
  const inState = async (/** @type {string} */ state) =>
    (await prometheus.alerts()).some(
      ({ labels, state: is }) => labels['alertname'] === alert && is === state,
    );
  await stack.stopDatabase();
  await until(`${alert} to fire`, async () => {
    await fetch(`${service.url}/v1/todos`);
    return inState('firing');
  });
  const delivered = await until(`${alert} to be delivered`, () => receivers.find(alert, 'firing'));
  await until('what the outage causes to fire, too', async () =>
    (await prometheus.alerts()).some(
      ({ labels, state }) => labels['alertname'] === 'ServiceNotReady' && state === 'firing',
    ),
  );
  await stack.startDatabase();
  await until(`${alert} to be resolved`, () => receivers.find(alert, 'resolved'));
  const heartbeat = await until('the dead-man switch to hear something', () =>
    receivers.find('Watchdog', 'firing'),
  );
  const [, runbook = ''] = /\/blob\/main\/(.+)$/.exec(delivered.annotations['runbook_url'] ?? '') ?? [];
  return [
    ...(delivered.receiver === 'pager' ? [] : [`${alert} went to ${delivered.receiver}, not to the pager`]),
    ...(existsSync(runbook)
      ? []
      : [`${alert} came without a runbook: ${delivered.annotations['runbook_url']}`]),
    ...(receivers.find('ServiceNotReady', 'firing')
      ? ['ServiceNotReady was delivered, which says nothing new']
      : []),
    ...(heartbeat.receiver === 'dead-man' ? [] : [`the heartbeat goes to ${heartbeat.receiver}`]),
  ];
}

/** @returns {Promise<string[]>} */
async function ruleProblems() {
  const found = await running().prometheus.rules();
  return found.filter(({ health }) => health !== 'ok').map(({ name, lastError }) => `${name}: ${lastError}`);
}

/** @returns {import('./live/judge.mjs').Question[]} */
function rules() {
  return filesIn(RULES).flatMap((file) =>
    parse(readFileSync(file, 'utf8')).groups.flatMap((/** @type {any} */ group) =>
      group.rules.map((/** @type {any} */ { alert, record, expr }) => ({
        where: `${file}: ${alert ?? record}`,
        expression: expr,
        kind: alert ? 'condition' : 'value',
      })),
    ),
  );
}

/** @returns {import('./live/judge.mjs').Question[]} */
function panels() {
  const variables = { service: serviceName, environment: 'local' };
  return filesIn(DASHBOARDS).flatMap((file) =>
    queriesOf(JSON.parse(readFileSync(file, 'utf8')))
      .filter(({ datasource }) => datasource === 'prometheus')
      .map(({ panel, refId, expr, legend }) => ({
        where: `${file}: ${panel} ${refId}`.trimEnd(),
        // What else can be chosen is left open.
        expression: filledIn(expr, variables).replaceAll(/\$\{?\w+(?::\w+)?\}?/g, '.*'),
        kind: 'value',
        legend,
      })),
  );
}

/** @param {import('./live/judge.mjs').Question[]} questions */
async function answersTo(questions) {
  const { prometheus } = running();
  const [asked, left] = [questions.filter((question) => !reasonOf(question)), questions.filter(reasonOf)];
  const problems = await Promise.all(
    asked.map(async (question) =>
      problemsOf(question, async (expression) => prometheus.range(expression, start)),
    ),
  );
  if (asked.length === 0) return ['Nothing was asked.'];
  console.log(`${asked.length} expressions were asked.`);
  for (const question of left) console.log(`Not asked: ${question.where}: ${reasonOf(question)}`);
  return problems.flat();
}

/** @param {import('./live/judge.mjs').Question} question */
function reasonOf({ expression }) {
  return unmeasured.find(({ metrics }) => new RegExp(metrics).test(expression))?.reason;
}
