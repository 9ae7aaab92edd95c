// @ts-check
// Brings everything up beside what may run already, and asks each part what it has: dashboards, sources, targets, rules, logs.
//   node scripts/observability/verify-compose.mjs
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { freePort } from '../lib/ports.mjs';
import { readDashboards } from './lib/dashboards.mjs';
import { filesIn } from './lib/files.mjs';
import {
  Grafana,
  answerProblems,
  dashboardProblems,
  logProblems,
  ruleProblems,
  targetProblems,
} from './lib/grafana.mjs';
import { report } from './lib/report.mjs';
import { LOKI_RULES, readRules } from './lib/rules.mjs';
import { makeSecrets } from './lib/secrets.mjs';
import { addressOf, compose, dockerProblem, missingImages } from './lib/stack.mjs';
import { leftToContainers } from './lib/unmeasured.mjs';
import { ofDashboards, ofRules } from './live/questions.mjs';
import { eventually } from './live/until.mjs';

const SKIPPED = 77;
const NOT_APPLICABLE = 78;
const { name } = JSON.parse(readFileSync('service.json', 'utf8'));

Object.assign(process.env, {
  COMPOSE_PROJECT_NAME: `${name}-check`,
  PORT: String(await freePort(3000)),
  MANAGEMENT_PORT: String(await freePort(9000)),
  GRAFANA_PORT: String(await freePort(3001)),
  PROMETHEUS_PORT: String(await freePort(9090)),
  ALERTMANAGER_PORT: String(await freePort(9093)),
});

/** @type {import('./live/judge.mjs').Question} */
const DATABASE = { where: 'postgres-exporter', expression: 'pg_up == 1', kind: 'value' };
const left = leftToContainers(
  [...ofRules(), ...ofDashboards({ service: name, environment: 'local' })],
  parse(readFileSync('observability/unmeasured.yaml', 'utf8')),
);

const without = dockerProblem();
if (without) {
  console.log(without);
  process.exit(SKIPPED);
}
const { unreachable, wrong } = missingImages();
if (wrong.length > 0) {
  console.error(`There are no such images: ${wrong.join(', ')}`);
  process.exit(1);
}
if (unreachable.length > 0) {
  console.log(
    `no registry can be reached from here, and these images are missing: ${unreachable.join(', ')}`,
  );
  // There it can, or something is wrong.
  process.exit(process.env['GITHUB_ACTIONS'] ? 1 : NOT_APPLICABLE);
}
// Whoever is told of alerts is not told of what happens here. Docker can mount what is in the project.
mkdirSync('.data', { recursive: true });
const secrets = mkdtempSync(join(resolve('.data'), 'compose-check-'));
process.env['OBSERVABILITY_SECRETS'] = secrets;
const { grafanaPassword } = makeSecrets();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    remove();
    process.exit(130);
  });
try {
  const { status } = compose(['up', '--build', '--wait', '--detach'], { stdio: 'inherit' });
  report('everything comes up, and is healthy', status === 0 ? [] : [logs()]);
  if (status === 0) await ask();
} finally {
  remove();
}

function remove() {
  compose(['down', '--volumes'], { stdio: 'ignore' });
  rmSync(secrets, { recursive: true, force: true });
}

async function ask() {
  const grafana = new Grafana(addressOf('grafana', 3000), readFileSync(grafanaPassword, 'utf8'));
  report('Grafana lets nobody in without the password', await grafana.entranceProblems());
  report(
    'Grafana has every dashboard',
    await dashboardProblems(
      grafana,
      readDashboards().dashboards.map(({ dashboard }) => dashboard),
    ),
  );
  report('Prometheus reaches everything', await eventually(async () => targetProblems(grafana)));
  report(
    'the exporter reaches the database',
    await eventually(async () => answerProblems(grafana, [DATABASE])),
  );
  report(
    'everything that rules and dashboards ask of containers exists',
    await eventually(async () => answerProblems(grafana, left)),
  );
  const rules = filesIn(LOKI_RULES).flatMap(readRules);
  report('Loki evaluates its rules', await eventually(async () => ruleProblems(grafana, rules)));
  const id = randomUUID();
  await fetch(`${addressOf('api', 3000)}/v1/todos`, { headers: { 'x-request-id': id } });
  report('a request is found in the logs', await eventually(async () => logProblems(grafana, name, id)));
  report(
    'alerts without a receiver are found in the logs',
    await eventually(async () =>
      (await grafana.lines('{service="alerts"} |= `Watchdog`')).length > 0 ? [] : ['there is no Watchdog'],
    ),
  );
}

function logs() {
  const { stdout } = compose(['ps', '--all', '--format', '{{.Service}}: {{.Status}}']);
  return `${stdout}${compose(['logs', '--tail', '20']).stdout}`;
}
