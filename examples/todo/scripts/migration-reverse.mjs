// @ts-check
// Writes the migrations that undo another one: migration:reverse -- <its name>. Needs the build.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from './lib/embedded-postgres.mjs';
import { migrationText, upText, writeMigrations } from './lib/migration-files.mjs';
import { recordMigration } from './lib/migration-sql.mjs';
import { readSchema, tryToUndo, undo } from './lib/schema-difference.mjs';

const HELP = `Writes the migrations that undo another one, as a first draft: what its schema was like is read from an embedded
PostgreSQL that is migrated to just before and just after it. There it is tried out, too.

  node --run migration:reverse -- <name> [options]

  <name>     of the migration, such as AddPriority1760000000000, or its file
  --dry-run  shows them, and writes nothing
  --help     prints this

Data that is gone does not come back. Where something can not be derived, nothing is written.
`;

/** @typedef {new () => { name: string, up(queryRunner: never): Promise<unknown> }} Migration */
/** @typedef {import('./lib/schema-difference.mjs').Undoing} Undoing */

/** Comes before all others, so that the table that remembers migrations is there and no part of what they make. */
class Start {
  name = 'Start0000000000001';

  async up() {
    // That it is remembered is all that it is for.
  }
}

const CHANGES_ROWS = /\b(INSERT\s+INTO|UPDATE\s+(ONLY\s+)?\S+\s+SET|DELETE\s+FROM|TRUNCATE|MERGE\s+INTO)\b/i;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  // Some package managers pass the `--` on that separates the arguments.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } },
});
const load = createRequire(import.meta.url);

if (values.help) {
  console.log(HELP);
} else {
  try {
    await reverse(positionals[0] ?? '');
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}

/** @param {string} given */
async function reverse(given) {
  /** @type {{ migrations: Migration[] }} */
  const { migrations } = load('../dist/database/migrations/index.js');
  const [, timestamp] = /(\d{13})/.exec(given) ?? [];
  const index = migrations.findIndex(
    (Class) => timestamp !== undefined && new Class().name.endsWith(timestamp),
  );
  const Reversed = migrations[index];
  if (!Reversed) {
    const names = migrations.map((Class) => `  ${new Class().name}`).join('\n');
    throw new Error(`There is no migration "${given}". Name one of these:\n${names}`);
  }
  const { name } = new Reversed();
  const { undoing, unknown } = await undoingOf(migrations.slice(0, index), Reversed);
  if (unknown.length > 0) {
    throw new Error(
      `${name} changed what can not be derived: ${unknown.join(', ')}.\nWrite its reverse by hand: migration:create.`,
    );
  }
  const { statements } = await recordMigration(Reversed);
  const losses = statements.some((statement) => CHANGES_ROWS.test(statement))
    ? [...undoing.losses, 'Rows that it made, changed or deleted stay as they are now.']
    : undoing.losses;
  const drafts = draftsOf(name, { ...undoing, losses });
  if (drafts.length === 0)
    throw new Error([`${name} did not change the schema: there is nothing to undo.`, ...losses].join('\n'));
  for (const loss of losses) console.log(loss);
  if (values['dry-run']) {
    for (const draft of drafts) console.log(`\n// ${draft.name}\n${draft.text('Draft')}`);
    return;
  }
  for (const file of writeMigrations(drafts)) console.log(`Wrote ${file}.`);
  console.log('Read them, change the entities to match, then lint them with the script migration:lint.');
}

/**
 * @param {Migration[]} earlier
 * @param {Migration} migration
 * @returns {Promise<{ undoing: Undoing, unknown: string[] }>}
 */
async function undoingOf(earlier, migration) {
  const server = await startEmbeddedPostgres(join('.data', 'reverse'), { disposable: true });
  const client = new pg.Client({ connectionString: server.url('postgres') });
  try {
    await client.connect();
    Object.assign(process.env, { DATABASE_URL: server.url('postgres'), DATABASE_TLS: 'disable' });
    delete process.env.MIGRATION_DATABASE_URL;
    const { migrate } = load('../dist/database/migrator.js');
    const { migrationDataSourceOptions } = load('../dist/database/data-source-options.js');
    /** @type {import('./lib/schema-difference.mjs').Query} */
    const query = async (sql) => (await client.query(sql)).rows;
    /** @param {Migration[]} migrations */
    const schemaAfter = async (migrations) => {
      await migrate({ ...migrationDataSourceOptions(), migrations }, () => undefined);
      return readSchema(query);
    };
    const before = await schemaAfter([Start, ...earlier]);
    const undoing = undo(before, await schemaAfter([Start, ...earlier, migration]));
    return await tryToUndo(query, before, undoing);
  } finally {
    await client.end();
    await server.stop();
  }
}

/**
 * One migration for what happens together, and one for each index: those take no part in a transaction.
 *
 * @param {string} reversed
 * @param {Undoing} undoing
 */
function draftsOf(reversed, { statements, droppedIndexes, indexes, losses }) {
  const words = reversed
    .replace(/\d{13}$/, '')
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, '-')
    .toLowerCase();
  const comment = [`Undoes ${reversed}. Code that still runs must not need what goes here.`, ...losses].join(
    '\n',
  );
  const drafts = [
    ...(statements.length > 0 ? [{ base: undefined, body: upText(statements) }] : []),
    ...droppedIndexes.map((name) => ({
      base: undefined,
      body: `  readonly transaction = false;\n${upText([`DROP INDEX CONCURRENTLY IF EXISTS ${name}`])}`,
    })),
    ...indexes.map(({ name, statement }) => ({
      base: 'ConcurrentIndex',
      body: `  readonly index = ${JSON.stringify(name.replaceAll('"', ''))};\n  readonly statement = ${JSON.stringify(statement)};\n`,
    })),
  ];
  return drafts.map(({ base, body }, index) => ({
    name: index === 0 ? `reverse-${words}` : `reverse-${words}-${index + 1}`,
    text: (/** @type {string} */ symbol) => migrationText(symbol, { ...(base && { base }), comment, body }),
  }));
}
