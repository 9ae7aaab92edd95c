// @ts-check
// Runs the service with Prometheus, Alertmanager and the exporters, drives it, and asks: does everything that rules and panels
// ask for exist, and does an outage reach whoever is on call?
//   node scripts/observability/live.mjs [--keep]
// With --keep all of it goes on running, to look at, until it is interrupted.
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { namesWritten } from './lib/log-fields.mjs';
import { logQueryProblems } from './lib/log-queries.mjs';
import { report } from './lib/report.mjs';
import { MissingTool } from './lib/tools.mjs';
import { emptiness, problemsOf } from './live/judge.mjs';
import { outageProblems } from './live/outage.mjs';
import { ofDashboards, ofRules, ofRunbooks } from './live/questions.mjs';
import { Stack, serviceName } from './live/stack.mjs';
import { goodTraffic, lockedTraffic } from './live/traffic.mjs';
import { eventually, until } from './live/until.mjs';

/**
 * @typedef {import('./live/judge.mjs').Question} Question
 * @typedef {import('./live/stack.mjs').Running} Running
 */

const SKIPPED = 77;

/** @type {{ metrics: string, reason: string }[]} */
const unmeasured = parse(readFileSync('observability/unmeasured.yaml', 'utf8'));

if (!existsSync('dist/main.js')) {
  console.error('There is no build. Make one with the script "build" first.');
  process.exit(1);
}
const start = Date.now() / 1000;
const panels = ofDashboards({ service: serviceName, environment: 'local' });
const stack = new Stack();
try {
  const running = await stack.start();
  const answers = async (/** @type {Question[]} */ questions) => answersTo(questions, running);
  report('Prometheus reaches everything', await targetProblems(running));
  report('every panel has data while all is well', await eventually(async () => calmProblems(running)));
  await drive(running);
  report(
    'an outage of the database reaches whoever is on call, with a runbook',
    await outageProblems(running),
  );
  report('Prometheus evaluates every rule', await ruleProblems(running));
  report('everything that rules ask for exists', await answers(ofRules()));
  report('everything that dashboards ask for exists', await answers(panels));
  report('everything that runbooks ask for exists', await answers(ofRunbooks()));
  const written = namesWritten(readFileSync(running.logs, 'utf8'));
  report('queries of logs name what lines have that were written', logQueryProblems(written));
  if (process.argv.includes('--keep')) await keep(running);
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
 * Of a service that answers, and has not failed yet.
 *
 * @param {Running} running
 */
async function calmProblems({ service, prometheus }) {
  await goodTraffic(service.url);
  const asked = panels.filter((question) => !reasonOf(question));
  const ask = async (/** @type {string} */ expression) => prometheus.range(expression, start);
  const problems = await Promise.all(asked.map(async (question) => emptiness(question, ask)));
  return problems.flat();
}

/** @param {Running} running */
async function drive({ service, ownerUrl, companions }) {
  for (const companion of companions) await companion.disturb();
  await goodTraffic(service.url);
  await lockedTraffic(service.url, ownerUrl, { slowMs: 800, failMs: 3000 });
  await goodTraffic(service.url);
}

/** @param {Running} running */
async function keep({ service, prometheus }) {
  console.log(`The service is at ${service.url}, Prometheus at ${prometheus.url}. Ctrl-C ends both.`);
  const traffic = setInterval(() => void goodTraffic(service.url).catch(console.error), 2000);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  clearInterval(traffic);
}

/**
 * @param {Running} running
 * @returns {Promise<string[]>}
 */
async function targetProblems({ prometheus }) {
  const targets = await until('the first scrapes', async () => {
    const found = await prometheus.targets();
    return found.length > 0 && found.every(({ health }) => health !== 'unknown') && found;
  });
  return targets
    .filter(({ health }) => health !== 'up')
    .map(({ labels, lastError }) => `${labels['job']} at ${labels['instance']}: ${lastError}`);
}

/**
 * @param {Running} running
 * @returns {Promise<string[]>}
 */
async function ruleProblems({ prometheus }) {
  const rules = await prometheus.rules();
  return rules.filter(({ health }) => health !== 'ok').map(({ name, lastError }) => `${name}: ${lastError}`);
}

/**
 * @param {Question[]} questions
 * @param {Running} running
 */
async function answersTo(questions, { prometheus }) {
  const [asked, left] = [questions.filter((question) => !reasonOf(question)), questions.filter(reasonOf)];
  if (asked.length === 0) return ['Nothing was asked.'];
  const problems = await Promise.all(
    asked.map(async (question) =>
      problemsOf(question, async (expression) => prometheus.range(expression, start)),
    ),
  );
  console.log(`${asked.length} expressions were asked.`);
  for (const question of left) console.log(`Not asked: ${question.where}: ${reasonOf(question)}`);
  return problems.flat();
}

/** @param {Question} question */
function reasonOf({ expression }) {
  return unmeasured.find(({ metrics }) => new RegExp(metrics).test(expression))?.reason;
}
