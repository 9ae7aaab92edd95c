// Runs in the folder of a rendered project: a PostgreSQL with nothing in it, until standard input ends.
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @param {string} name */
const load = (name) => import(pathToFileURL(path.resolve('scripts', 'lib', name)).href);
const { startEmbeddedPostgres } = await load('embedded-postgres.mjs');
const { withAppRole } = await load('app-role.mjs');

const database = await startEmbeddedPostgres(path.join('.data', 'drill'), { disposable: true });
try {
  const owner = database.url('postgres');
  const service = await withAppRole(owner, { role: 'drill_app' });
  process.stdout.write(`\n${JSON.stringify({ owner, service })}\n`);
  process.stdin.resume();
  await once(process.stdin, 'end');
} finally {
  await database.stop();
}
