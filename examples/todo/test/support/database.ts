import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { runToEnd } from './child';
import { appRole, serverUrl } from './server';

/** Of the tests of this file. */
const created = new Set<string>();

/** An empty database of its own, with the options of the SQL command. Resolves with its URL. */
export async function createEmptyDatabase(options = ''): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await query(serverUrl(), `CREATE DATABASE ${name} ${options}`);
  created.add(name);
  const url = new URL(serverUrl());
  url.pathname = name;
  return url.href;
}

/** A database that the real migrator has migrated. Resolves with the URL for its owner: see `asApp`. */
export async function createDatabase(options?: string): Promise<string> {
  const url = await createEmptyDatabase(options);
  const environment = { DATABASE_URL: url, DATABASE_APP_USER: appRole() };
  // A later release tries its own on our tests: scripts/previous-release.mjs.
  const migrator = process.env.TEST_MIGRATOR ?? 'dist/database/migrate.js';
  const { status, output } = await runToEnd(migrator, [], environment);
  if (status !== 0) throw new Error(`the migrator failed:\n${output}`);
  return url;
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends object>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Drops what the tests of this file have created. Resolves with the sessions that still used it. */
export async function dropDatabases(): Promise<string[]> {
  const left: string[] = [];
  for (const name of created) {
    // PostgreSQL waits some seconds for sessions that are about to end.
    await query(serverUrl(), `DROP DATABASE ${name}`).catch(async (error: unknown) => {
      const sessions = await query<{ session: string }>(
        serverUrl(),
        `SELECT concat_ws(' ', application_name, pid, state, query) AS session FROM pg_stat_activity WHERE datname = $1`,
        [name],
      );
      left.push(...(sessions.length > 0 ? sessions.map(({ session }) => session) : [String(error)]));
      await query(serverUrl(), `DROP DATABASE ${name} WITH (FORCE)`);
    });
  }
  created.clear();
  return left;
}
