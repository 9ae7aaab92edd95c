/** Loads the variants in alternating rounds against one database. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { VariantProcess } from './process.mjs';

/**
 * @typedef {object} Options
 * @property {string} service The folder of the built service.
 * @property {string} databaseUrl Of a migrated and filled database.
 * @property {string} work A folder for the logs.
 * @property {readonly import('./variants.mjs').Variant[]} variants
 * @property {number} rounds
 * @property {number} seconds Of load for each scenario of a variant in a round.
 * @property {number} warmUp Seconds in place of them before the first round: until then much is still interpreted.
 * @property {number} connections
 * @property {(text: string) => void} progress
 */

/** @typedef {{ requestsPerSecond: number, cpuMs: number }} Sample of one variant and scenario in one round; CPU is per request */
/** @typedef {Map<string, Sample[]>} Samples by the variant's name, in the order of the rounds */

/**
 * @param {Options} options
 * @returns {Promise<{ scenarios: Map<string, Samples>, processes: { name: string, readyMs: number, residentMiB: number }[], faults: string[] }>}
 * `faults` says which variant did not log or count what it answered.
 */
export async function compare(options) {
  /** @type {VariantProcess[]} */
  const processes = [];
  try {
    for (const variant of options.variants) {
      const logFile = path.join(options.work, `${variant.name}.log`);
      processes.push(await VariantProcess.start(variant, { ...options, logFile }));
    }
    const requests = await scenariosOf(/** @type {VariantProcess} */ (processes[0]).url);
    const answered = new Map(processes.map((process) => [process, 0]));
    /** @type {Map<string, Samples>} */
    const scenarios = new Map([...requests.keys()].map((name) => [name, new Map()]));
    // The first round only warms up.
    for (let round = 0; round <= options.rounds; round += 1) {
      options.progress(round === 0 ? 'warming up' : `round ${round} of ${options.rounds}`);
      for (const [scenario, paths] of requests) {
        for (const process of rotated(processes, round)) {
          const seconds = round === 0 ? options.warmUp : options.seconds;
          const { requests: count, ...sample } = await load(process, paths, { ...options, seconds });
          answered.set(process, (answered.get(process) ?? 0) + count);
          const samples = scenarios.get(scenario);
          if (round > 0)
            samples?.set(process.variant.name, [...(samples.get(process.variant.name) ?? []), sample]);
        }
      }
    }
    const faults = await Promise.all(
      [...answered].map(async ([process, count]) => faultsOf(process, count, options)),
    );
    return {
      scenarios,
      processes: await Promise.all(
        processes.map(async (process) => ({
          name: process.variant.name,
          readyMs: Math.round(process.readyMs),
          residentMiB: Math.round((await process.usage()).residentBytes / 2 ** 20),
        })),
      ),
      faults: faults.flat(),
    };
  } finally {
    await Promise.all(processes.map(async (process) => process.stop()));
  }
}

/**
 * Each round begins with another variant.
 *
 * @template T
 * @param {readonly T[]} items
 * @param {number} by
 */
function rotated(items, by) {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

/**
 * @param {string} url
 * @returns {Promise<Map<string, string[]>>} the paths that are asked for in turn
 */
async function scenariosOf(url) {
  const { items } = /** @type {{ items: { id: string }[] }} */ (
    await (await fetch(`${url}/v1/todos?limit=100`)).json()
  );
  return new Map([
    ['read one', items.map(({ id }) => `/v1/todos/${id}`)],
    ['list 20', ['/v1/todos']],
  ]);
}

/**
 * @param {VariantProcess} process
 * @param {readonly string[]} paths
 * @param {Options} options
 */
async function load(process, paths, { service, connections, seconds }) {
  const autocannon = createRequire(path.join(service, 'package.json'))('autocannon');
  const before = await process.usage();
  const result = await autocannon({
    url: process.url,
    connections,
    duration: seconds,
    requests: paths.map((one) => ({ path: one })),
  });
  const after = await process.usage();
  const requests = result['2xx'];
  if (requests === 0 || result.non2xx > 0 || result.errors > 0) {
    const statuses = JSON.stringify(result.statusCodeStats);
    throw new Error(`${process.variant.title}: ${result.errors} requests without an answer; ${statuses}`);
  }
  return {
    requests,
    requestsPerSecond: requests / result.duration,
    cpuMs: (after.cpuMs - before.cpuMs) / requests,
  };
}

/**
 * Speed counts only with all signals written. Requests that were in flight at the end of a load are answered for nobody,
 * but logged and counted.
 *
 * @param {VariantProcess} process
 * @param {number} answered
 * @param {Options} options
 */
async function faultsOf(process, answered, { rounds, connections }) {
  const { title, signals } = process.variant;
  const inFlight = 2 * (rounds + 1) * connections + 1;
  const least = signals ? answered : 0;
  const most = signals ? answered + inFlight : 0;
  return [
    ['logged', process.logged()],
    ['counted', await process.counted()],
  ]
    .filter(([, number]) => Number(number) < least || Number(number) > most)
    .map(([verb, number]) => `${title}: ${answered} requests were answered, ${number} were ${verb}.`);
}
