// @ts-check
// Brings up the service with what watches it, and says where everything is.
//   node scripts/observability/up.mjs
import { makeSecrets } from './lib/secrets.mjs';
import { COMMAND, addressOf, compose, dockerProblem } from './lib/stack.mjs';
import { goodTraffic } from './live/traffic.mjs';

const problem = dockerProblem();
if (problem) {
  console.error(problem);
  process.exit(2);
}
const { grafanaPassword } = makeSecrets();
const { status } = compose(['up', '--build', '--wait', '--detach'], { stdio: 'inherit' });
if (status !== 0) {
  console.error(`Something did not come up. Its log says why: ${COMMAND} logs <name>`);
  process.exit(1);
}
// Panels about requests have something to show from the first look on.
await goodTraffic(addressOf('api', 3000), 1);
for (const [what, service, port] of /** @type {const} */ ([
  ['Service', 'api', 3000],
  ['Grafana', 'grafana', 3000],
  ['Prometheus', 'prometheus', 9090],
  ['Alertmanager', 'alertmanager', 9093],
]))
  console.log(`${what.padEnd(13)} ${addressOf(service, port)}`);
console.log(`Grafana's user is admin, with the password in ${grafanaPassword}.`);
