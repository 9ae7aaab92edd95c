// @ts-check
// Measures the built service under load, on real PostgreSQL, with all logs and metrics on.
import { parseArgs } from 'node:util';
import { bench } from './lib/bench.mjs';
import { table } from './lib/figures.mjs';

const HELP = `Measures the built service under load: requests per second, CPU time per request, latency, start and memory.

  node --run bench -- [options]

  --rounds <n>       how often all is measured, each time on a fresh process; medians are shown (3)
  --duration <s>     seconds of load for each scenario in a round (5)
  --connections <n>  clients that each send the next request when they have the answer to the last (20)
  --server <url>     a PostgreSQL on which a database is made and dropped; without it an embedded one
  --json             prints the figures as JSON
  --help             prints this

CPU time per request says most: other work on the machine hardly changes it, unlike all the rest.
Exits with 1 when an answer is not 2xx, or a request is not logged.
`;

const OPTIONS = /** @type {const} */ ({
  rounds: { type: 'string', default: '3' },
  duration: { type: 'string', default: '5' },
  connections: { type: 'string', default: '20' },
  server: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
});

const interruption = new AbortController();
// The first signal ends the load, after which all that was started is stopped.
process.once('SIGINT', () => interruption.abort(new Error('Interrupted.')));

try {
  console.log(await main());
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}

async function main() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return HELP;
  const report = await bench({
    rounds: positive('rounds', values.rounds),
    duration: positive('duration', values.duration),
    connections: positive('connections', values.connections),
    ...(values.server && { server: values.server }),
    signal: interruption.signal,
  });
  return values.json ? JSON.stringify(report, undefined, 2) : text(report);
}

/**
 * @param {string} option
 * @param {string} value
 */
function positive(option, value) {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${option} is "${value}". Give a whole number from 1 up.`);
}

/** @param {import('./lib/bench.mjs').Report} report */
function text({ scenarios, readyMs, residentMiB, machine }) {
  const rows = scenarios.map(({ name, requestsPerSecond, cpuMs, p50Ms, p99Ms }) => [
    name,
    String(requestsPerSecond),
    cpuMs.toFixed(3),
    String(p50Ms),
    String(p99Ms),
  ]);
  return [
    table([['', 'requests/s', 'CPU ms/request', 'p50 ms', 'p99 ms'], ...rows]),
    '',
    `start to ready   ${readyMs} ms`,
    `resident memory  ${residentMiB} MiB`,
    `machine          ${machine.cores} × ${machine.cpu}, Node ${machine.node}, PostgreSQL ${machine.postgres}`,
  ].join('\n');
}
