// @ts-check
// The database that `bench` measures on.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { withAppRole } from './app-role.mjs';
import { migrate } from './service-process.mjs';

const SEEDED_TODOS = 10_000;

/**
 * Calls `use` with a migrated and filled database and a role that may only read and write its rows; both are dropped
 * afterwards.
 *
 * @template T
 * @param {string} server
 * @param {(url: string, version: string) => Promise<T>} use
 */
export async function withDatabase(server, use) {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = name;
  await query(server, `CREATE DATABASE ${name}`);
  try {
    // The server may be one that others reach.
    const password = randomBytes(16).toString('hex');
    const databaseUrl = await withAppRole(url.href, { role: name, password });
    migrate({ databaseUrl: url.href, environment: { LOG_LEVEL: 'warn', DATABASE_APP_USER: name } });
    await query(
      url.href,
      `INSERT INTO todos (id, user_id, title, description)
       SELECT gen_random_uuid(), 'anonymous', 'Todo ' || n, repeat('word ', 20) FROM generate_series(1, ${SEEDED_TODOS}) n`,
    );
    await query(url.href, 'VACUUM ANALYZE todos');
    const [{ server_version }] = await query(url.href, 'SHOW server_version');
    return await use(databaseUrl, server_version);
  } finally {
    await query(server, `DROP DATABASE ${name} WITH (FORCE)`);
    await query(server, `DROP ROLE IF EXISTS ${name}`);
  }
}

/**
 * @param {string} url
 * @param {string} sql
 */
async function query(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
