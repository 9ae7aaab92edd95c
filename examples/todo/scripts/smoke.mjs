// @ts-check
// Proves that the build works with production dependencies only: migrates, starts, serves and stops.
import { execSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from './lib/embedded-postgres.mjs';
import { freePort } from './lib/ports.mjs';

/**
 * @typedef {object} TodoPage
 * @property { { title: string }[] } items
 */

const LOCKFILE = 'package-lock.json';
const APP = join('.data', 'smoke', 'app');

try {
  await smoke();
  console.log('The build migrates, starts, serves and stops with production dependencies only.');
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}

async function smoke() {
  if (!existsSync(LOCKFILE)) fail(`There is no ${LOCKFILE}. Write it with the script "generate" first.`);
  if (!existsSync('dist/main.js')) fail('There is no build. Make one with the script "build" first.');

  rmSync(APP, { recursive: true, force: true });
  mkdirSync(APP, { recursive: true });
  // What the image is built from, too.
  for (const entry of readdirSync('.').filter((name) => /^(dist|\.npmrc|.*\.(json|yaml))$/.test(name))) {
    cpSync(entry, join(APP, entry), { recursive: true });
  }
  execSync('npm ci --omit=dev', { cwd: APP, stdio: 'inherit' });

  const database = await startEmbeddedPostgres(join('.data', 'smoke', 'postgres'), { disposable: true });
  try {
    await serve(database.url('postgres'));
  } finally {
    await database.stop();
    rmSync(APP, { recursive: true, force: true });
  }
}

/** @param {string} databaseUrl */
async function serve(databaseUrl) {
  const port = await freePort();
  const managementPort = await freePort();
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    ALLOW_ANONYMOUS: 'true',
    HOST: '127.0.0.1',
    PORT: String(port),
    MANAGEMENT_PORT: String(managementPort),
    DRAIN_MS: '0',
    DATABASE_URL: databaseUrl,
    DATABASE_TLS: 'disable',
  };
  const options = /** @type {const} */ ({ cwd: APP, env, stdio: 'inherit' });
  const migration = spawnSync(process.execPath, ['dist/database/migrate.js'], options);
  if (migration.status !== 0) fail('The migration failed.');
  const child = spawn(process.execPath, ['dist/main.js'], options);
  const exit = once(child, 'exit');
  await ready(`http://127.0.0.1:${managementPort}/health/ready`, child);
  const url = `http://127.0.0.1:${port}/v1/todos`;
  const headers = { 'content-type': 'application/json' };
  const created = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ title: 'smoke' }) });
  const list = /** @type {TodoPage} */ (await (await fetch(url)).json());
  child.kill('SIGTERM');
  const [status] = await exit;
  if (created.status !== 201) fail(`The service answered ${created.status} to a new todo.`);
  if (list.items[0]?.title !== 'smoke') fail('The service did not list the new todo.');
  if (status !== 0) fail(`The service stopped with status ${status}.`);
}

/**
 * @param {string} probe
 * @param {import('node:child_process').ChildProcess} child
 */
async function ready(probe, child) {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && child.exitCode === null) {
    if ((await fetch(probe).catch(() => undefined))?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  fail('The service did not become ready.');
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  throw new Error(message);
}
