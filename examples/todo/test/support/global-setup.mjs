// @ts-check
import { startPostgres } from './postgres.mjs';

/** Starts one PostgreSQL for all test files; each of them makes its own databases. */
export default async function globalSetup() {
  const server = await startPostgres();
  process.stdout.write(`\nDatabase of the tests: ${server.backend}, because ${server.reason}.\n`);
  process.env.TEST_SERVER_URL = server.url;
  // Whatever the machine is set up for, the tests never touch it.
  delete process.env.DATABASE_URL;
  Object.assign(globalThis, { stopPostgres: server.stop });
}
