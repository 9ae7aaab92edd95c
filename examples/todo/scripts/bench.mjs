// @ts-check
// Measures the built service under load, on real PostgreSQL, with all logs and metrics on.
import { parseArgs } from 'node:util';
import { bench } from './lib/bench.mjs';
import { capacity, capacityRows } from './lib/capacity.mjs';
import { table } from './lib/figures.mjs';

const HELP = `Measures the built service under load: requests per second, latency, CPU and database time per request, start and memory.

  node --run bench -- [options]

  --rounds <n>       how often all is measured, each time on a fresh process; medians are shown (3)
  --duration <s>     seconds of load for each scenario in a round (5)
  --connections <n>  clients that each send the next request when they have the answer to the last (20)
  --server <url>     a PostgreSQL on which a database is made and dropped; without it an embedded one
  --capacity         prints, too, how many tasks and connections a load takes: see docs/capacity.md
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
  capacity: { type: 'boolean' },
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
  const planned = values.capacity ? capacity(report.scenarios) : undefined;
  if (values.json) return JSON.stringify({ ...report, capacity: planned }, undefined, 2);
  return planned ? `${text(report)}\n\n${table(capacityRows(planned))}` : text(report);
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
  const rows = scenarios.map(({ name, requestsPerSecond, p50Ms, p99Ms, cpuMs, databaseMs }) => [
    name,
    String(requestsPerSecond),
    String(p50Ms),
    String(p99Ms),
    cpuMs.toFixed(3),
    databaseMs.toFixed(3),
  ]);
  return [
    table([['', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms/request', 'database ms/request'], ...rows]),
    '',
    `start to ready   ${readyMs} ms`,
    `resident memory  ${residentMiB} MiB`,
    `machine          ${machine.cores} × ${machine.cpu}, Node ${machine.node}, PostgreSQL ${machine.postgres}`,
  ].join('\n');
}
