/**
 * Compares the rendered service with itself without signals, with bare `node:http`, and with Express: `npm run bench:service`.
 *
 * `--service <folder>` takes a rendered service that is installed and built, with @nestjs/platform-express beside it; without
 * it one is rendered. `--rounds <n>` (8) and `--seconds <n>` (2, of each load) and `--warm-up <n>` (4) set how long it takes;
 * `--connections <n>` (20).
 * `--write` puts the table into docs/benchmarks.md. Exits with 1 where a request was not logged or counted, or a bar is missed.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { compare } from '../test/generated/bench/compare.mjs';
import { markdown, missed, rowsOf } from '../test/generated/bench/report.mjs';
import { variants } from '../test/generated/bench/variants.mjs';
import { Failure, main, step } from './lib/steps.mjs';
import { generator, isBuilt, npm, root } from './lib/tools.mjs';

const WORK = path.join(root, '.cache', 'bench-service');
const { values } = parseArgs({
  options: {
    service: { type: 'string' },
    rounds: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '2' },
    'warm-up': { type: 'string', default: '4' },
    connections: { type: 'string', default: '20' },
    write: { type: 'boolean' },
  },
});

await main(async () => {
  const [rounds, seconds, warmUp] = [positive('rounds'), positive('seconds'), positive('warm-up')];
  const connections = positive('connections');
  const service = values.service ? path.resolve(values.service) : await rendered();
  if (!existsSync(path.join(service, 'dist', 'main.js')))
    throw new Failure(`There is no build in ${service}.\nRun its script "build" first.`, 2);
  // Its scripts look for the build where they are run.
  process.chdir(service);
  const { scenarios, processes, faults } = await onDatabase(service, async (databaseUrl) =>
    compare({
      service,
      databaseUrl,
      work: WORK,
      variants,
      rounds,
      seconds,
      warmUp,
      connections,
      progress: (text) => process.stderr.write(`${text} …\n`),
    }),
  );
  const rows = new Map([...scenarios].map(([name, samples]) => [name, rowsOf(samples, variants)]));
  const report = [
    markdown(rows),
    '',
    `Medians of ${rounds} alternating rounds of ${seconds} s on ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}. Start to ready and resident memory after the load: ${processes.map(({ name, readyMs, residentMiB }) => `${name} ${readyMs} ms, ${residentMiB} MiB`).join('; ')}.`,
  ].join('\n');
  console.log(`\n${report}`);
  for (const fault of faults) console.error(fault);
  if (values.write) await write(report);
  return faults.length > 0 || [...rows.values()].flat().some(missed) ? 1 : 0;
});

/** @param {'rounds' | 'seconds' | 'warm-up' | 'connections'} option */
function positive(option) {
  const value = Number(values[option]);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Failure(`error: --${option} is not a whole number from 1 up.`, 2);
}

/** The default project, installed, with the adapter that it does not use, and built. */
async function rendered() {
  const project = path.join(WORK, 'todo');
  const [modules, kept] = [path.join(project, 'node_modules'), path.join(WORK, 'node_modules.kept')];
  mkdirSync(WORK, { recursive: true });
  if (existsSync(modules)) renameSync(modules, kept);
  rmSync(project, { recursive: true, force: true });
  if (!isBuilt()) await step('Building the generator', npm(['run', 'build', '--silent']));
  const answers = [
    '--answers',
    path.join(root, 'examples', 'todo.answers.json'),
    '--yes',
    '--no-install',
    '--no-git',
  ];
  await step('Rendering', { command: process.execPath, args: [generator, project, ...answers] });
  if (existsSync(kept)) renameSync(kept, modules);
  copyFileSync(path.join(root, 'examples/todo/package-lock.json'), path.join(project, 'package-lock.json'));
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  await step('Installing', npm(['install', ...flags]), project);
  const manifest = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8'));
  const express = `@nestjs/platform-express@${manifest.dependencies['@nestjs/core']}`;
  await step('Installing Express', npm(['install', '--no-save', ...flags, express]), project);
  await step('Building', npm(['run', 'build', '--silent']), project);
  return project;
}

/**
 * @template T
 * @param {string} service
 * @param {(databaseUrl: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function onDatabase(service, use) {
  const load = async (/** @type {string} */ file) =>
    import(pathToFileURL(path.join(service, 'scripts', 'lib', file)).href);
  const { startEmbeddedPostgres } = await load('embedded-postgres.mjs');
  const { withDatabase } = await load('bench-database.mjs');
  mkdirSync(WORK, { recursive: true });
  const server = await startEmbeddedPostgres(path.join(WORK, 'postgres'));
  try {
    return await withDatabase(server.url('postgres'), use);
  } finally {
    await server.stop();
  }
}

/** @param {string} report */
async function write(report) {
  const file = path.join(root, 'docs/benchmarks.md');
  const page = readFileSync(file, 'utf8').replace(
    /(<!-- service:start -->\n)[\s\S]*?(\n<!-- service:end -->)/,
    (_, start, end) => `${start}\n${report}\n${end}`,
  );
  writeFileSync(file, await format(page, { ...(await resolveConfig(file)), filepath: file }));
}
