// Runs in the folder of a rendered project: a PostgreSQL with its schema, until standard input ends.
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** @param {string} name */
const load = (name) => import(pathToFileURL(path.resolve('scripts', 'lib', name)).href);
const { startEmbeddedPostgres } = await load('embedded-postgres.mjs');
const { withAppRole } = await load('app-role.mjs');
const { migrate } = await load('service-process.mjs');

const database = await startEmbeddedPostgres(path.join('.data', 'drill'), { disposable: true });
try {
  const ownerUrl = database.url('postgres');
  const databaseUrl = await withAppRole(ownerUrl, { role: 'drill_app' });
  migrate({
    databaseUrl: ownerUrl,
    environment: { DATABASE_APP_USER: 'drill_app', LOG_LEVEL: 'error' },
  });
  process.stdout.write(`\n${databaseUrl}\n`);
  process.stdin.resume();
  await once(process.stdin, 'end');
} finally {
  await database.stop();
}
