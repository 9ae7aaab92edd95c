// @ts-check
// What `bench` does: the service under load, on a database of its own, in rounds.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { withDatabase } from './bench-database.mjs';
import { startEmbeddedPostgres } from './embedded-postgres.mjs';
import { median } from './figures.mjs';
import { UNLIMITED, load, processMetrics, scenariosOf } from './load.mjs';
import { startService } from './service-process.mjs';

const FOLDER = join('.data', 'bench');
const WARM_UP_SECONDS = 2;

/** @typedef {import('./load.mjs').Figures} Figures */

/**
 * @typedef {object} Options
 * @property {number} rounds
 * @property {number} duration Seconds of load for each scenario in a round.
 * @property {number} connections
 * @property {string} [server] The URL of a PostgreSQL; without it an embedded one is started.
 * @property {AbortSignal} [signal]
 */

/** @typedef {Awaited<ReturnType<typeof bench>>} Report */

/**
 * Measures the build in rounds, each on a fresh process.
 *
 * @param {Options} options
 * @throws {Error} Where an answer is not 2xx, or a request is not logged.
 */
export async function bench(options) {
  if (!existsSync('dist/main.js'))
    throw new Error('There is no build. Make one with the script "build" first.');
  mkdirSync(FOLDER, { recursive: true });
  const server = options.server ? undefined : await startEmbeddedPostgres(join(FOLDER, 'postgres'));
  try {
    return await withDatabase(options.server ?? server?.url('postgres') ?? '', async (url, version) => {
      const rounds = [];
      for (let number = 1; number <= options.rounds; number += 1) {
        process.stderr.write(`round ${number} of ${options.rounds} …\n`);
        rounds.push(await round(url, options));
      }
      return summary(rounds, version);
    });
  } finally {
    await server?.stop();
  }
}

/**
 * @param {string} databaseUrl
 * @param {Options} options
 */
async function round(databaseUrl, options) {
  const logFile = join(FOLDER, 'service.log');
  const log = openSync(logFile, 'w');
  const service = await startService({ databaseUrl, environment: UNLIMITED, stdout: log });
  try {
    const scenarios = await scenariosOf(service.url);
    const warmUp = Math.min(options.duration, WARM_UP_SECONDS);
    for (const scenario of scenarios) await load(service, scenario, { ...options, seconds: warmUp });
    const { size } = statSync(logFile);
    /** @type {Record<string, Figures>} */
    const figures = {};
    for (const scenario of scenarios) {
      figures[scenario.name] = await load(service, scenario, { ...options, seconds: options.duration });
    }
    const { residentBytes } = await processMetrics(service.managementUrl);
    checkLog(readFileSync(logFile).subarray(size).toString(), figures);
    return { figures, readyMs: service.readyMs, residentBytes };
  } finally {
    await service.stop();
    closeSync(log);
    rmSync(logFile);
  }
}

/**
 * Speed counts only with the access log written.
 *
 * @param {string} log
 * @param {Record<string, Figures>} figures
 */
function checkLog(log, figures) {
  const answered = Object.values(figures).reduce((sum, { requests }) => sum + requests, 0);
  const logged = log.split('"request completed"').length - 1;
  if (logged < answered) throw new Error(`${answered} requests were answered, but only ${logged} logged.`);
}

/**
 * Medians of the rounds.
 *
 * @param {Awaited<ReturnType<typeof round>>[]} rounds
 * @param {string} postgres
 */
function summary(rounds, postgres) {
  const scenarios = Object.keys(rounds[0]?.figures ?? {}).map((name) => {
    /** @param {keyof Figures} figure */
    const middle = (figure) => median(rounds.map(({ figures }) => figures[name]?.[figure] ?? Number.NaN));
    return {
      name,
      requestsPerSecond: Math.round(middle('requestsPerSecond')),
      cpuMs: Number(middle('cpuMs').toFixed(3)),
      databaseMs: Number(middle('databaseMs').toFixed(3)),
      p50Ms: middle('p50Ms'),
      p99Ms: middle('p99Ms'),
    };
  });
  return {
    scenarios,
    readyMs: Math.round(median(rounds.map(({ readyMs }) => readyMs))),
    residentMiB: Math.round(median(rounds.map(({ residentBytes }) => residentBytes)) / 2 ** 20),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      node: process.versions.node,
      postgres,
    },
  };
}
