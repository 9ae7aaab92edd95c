// @ts-check
// Proves that the build works with production dependencies only: migrates, starts, serves and stops.
import { execSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withAppRole } from './lib/app-role.mjs';
import { startEmbeddedPostgres } from './lib/embedded-postgres.mjs';
import { migrate, startService } from './lib/service-process.mjs';

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

/** @param {string} ownerUrl */
async function serve(ownerUrl) {
  const role = 'smoke_app';
  const databaseUrl = await withAppRole(ownerUrl, { role });
  migrate({ cwd: APP, databaseUrl: ownerUrl, environment: { DATABASE_APP_USER: role } });
  const service = await startService({ cwd: APP, databaseUrl });
  const url = `${service.url}/v1/todos`;
  const headers = { 'content-type': 'application/json' };
  const created = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ title: 'smoke' }) });
  const list = /** @type {TodoPage} */ (await (await fetch(url)).json());
  const status = await service.stop();
  if (created.status !== 201) fail(`The service answered ${created.status} to a new todo.`);
  if (list.items[0]?.title !== 'smoke') fail('The service did not list the new todo.');
  if (status !== 0) fail(`The service stopped with status ${status}.`);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  throw new Error(message);
}
