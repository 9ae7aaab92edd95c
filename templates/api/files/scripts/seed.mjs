// @ts-check
// Fills a database for development with todos of the anonymous user; again and again with the same ones.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { withEmbeddedPostgres } from './lib/embedded-postgres.mjs';

const SIZE = 50;

const HELP = `Fills a database for development with todos: that of DATABASE_URL, or else the embedded one of the script dev.

  node --run seed -- [options]

  --count <n>    how many todos there should be (${SIZE})
  --host <host>  says that a DATABASE_URL with this host is not that of this machine, and is meant
  --help         prints this

Todos that are there already stay as they are. Exits with 2 in production.
`;

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];
const UNDEFINED = ['42P01', '3D000'];
const TODOS = [
  'Buy milk',
  'Call the dentist',
  'Water the plants',
  'Write to grandmother',
  'Renew the passport',
];

try {
  if (process.env.DATABASE_URL === undefined) process.loadEnvFile('.env');
} catch {
  // There need not be one.
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: String(SIZE) },
    host: { type: 'string' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  console.log(HELP);
} else {
  refuseProduction();
  try {
    const { DATABASE_URL } = process.env;
    const { database } = JSON.parse(readFileSync('service.json', 'utf8'));
    const count = DATABASE_URL
      ? await seed(DATABASE_URL)
      : await withEmbeddedPostgres('.data', (url) => seed(url(database.name)));
    console.log(count === 0 ? 'All todos are there already.' : `Todos added: ${count}.`);
  } catch (error) {
    const { code, message } = /** @type {Error & { code?: string }} */ (error);
    console.error(
      code && UNDEFINED.includes(code)
        ? 'The database has no todos yet. Run the script "migration:run" first, or "dev", which does it.'
        : message,
    );
    process.exitCode = 1;
  }
}

function refuseProduction() {
  const { NODE_ENV, ENVIRONMENT, DATABASE_URL } = process.env;
  if (NODE_ENV === 'production' || ENVIRONMENT === 'production') {
    console.error('This is production: no todos are made up here.');
    process.exit(2);
  }
  const host = DATABASE_URL ? new URL(DATABASE_URL).hostname : 'localhost';
  if (LOCAL.includes(host) || host === values.host) return;
  console.error(`The database is on ${host}, not on this machine. Add --host ${host} if you mean it.`);
  process.exit(2);
}

/**
 * @param {string} url
 * @returns {Promise<number>} how many todos were not there
 */
async function seed(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `INSERT INTO todos (id, user_id, title, description, completed_at, created_at, updated_at)
       SELECT ('01890a5d-ac96-774b-bcce-' || lpad(to_hex(n), 12, '0'))::uuid, 'anonymous',
         ($1::text[])[1 + n % array_length($1, 1)] || ' (' || n || ')', CASE WHEN n % 2 = 0 THEN 'Number ' || n END,
         CASE WHEN n % 3 = 0 THEN day END, day, day
       FROM generate_series(1, $2) n, LATERAL (SELECT timestamptz '2026-01-01 09:00Z' + n * interval '1 hour' AS day)
       ON CONFLICT (id) DO NOTHING`,
      [TODOS, Number(values.count)],
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}
