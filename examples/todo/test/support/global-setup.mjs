// @ts-check
import pg from 'pg';
import { startPostgres } from './postgres.mjs';

/** Starts one PostgreSQL for all test files; each of them makes its own databases. */
export default async function globalSetup() {
  const server = await startPostgres();
  process.stdout.write(`\nDatabase of the tests: ${server.backend}, because ${server.reason}.\n`);
  process.env.TEST_SERVER_URL = server.url;
  process.env.TEST_APP_ROLE = await createAppRole(server.url);
  // Whatever the machine is set up for, the tests never touch it.
  delete process.env.DATABASE_URL;
  Object.assign(globalThis, { postgres: server });
}

/**
 * The role of the service, as somebody who runs a server makes it: the password is the name. All databases share it.
 *
 * @param {string} url
 */
async function createAppRole(url) {
  const role = 'e2e_app';
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
    return role;
  } finally {
    await client.end();
  }
}
