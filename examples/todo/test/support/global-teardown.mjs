// @ts-check
import pg from 'pg';

/**
 * Stops what the setup started.
 *
 * @throws {Error} Where a test file has left something on the server.
 */
export default async function globalTeardown() {
  const { postgres } = /** @type {{ postgres?: import('./postgres.mjs').TestServer }} */ (globalThis);
  if (!postgres) return;
  const left = await leftovers(postgres.url).finally(() => postgres.stop());
  if (left.length > 0) throw new Error(`The tests leave behind on the database server:\n${left.join('\n')}`);
}

/**
 * The databases, roles and sessions that the server did not have at first.
 *
 * @param {string} url
 * @returns {Promise<string[]>}
 */
async function leftovers(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT concat('  database ', datname) AS item FROM pg_database WHERE datname LIKE 'test\\_%'
       UNION ALL SELECT concat('  role ', rolname) FROM pg_roles WHERE oid >= 16384 AND rolname <> $1
       UNION ALL SELECT concat('  session ', application_name, ' ', query) FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      [process.env.TEST_APP_ROLE],
    );
    return rows.map(({ item }) => item);
  } finally {
    await client.end();
  }
}
