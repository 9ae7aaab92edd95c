import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { ModuleKind, transpileModule } from 'typescript';
import { classOf } from '../scripts/lib/migration-files.mjs';
import {
  differencesBetween,
  readSchema,
  type Schema,
  tryToUndo,
  undo,
} from '../scripts/lib/schema-difference.mjs';
import { migrations } from '../src/database/migrations';
import { runToEnd } from './support/child';
import { createEmptyDatabase, query } from './support/database';

const BASE = `
  CREATE TABLE authors (id integer PRIMARY KEY, name text NOT NULL);
  CREATE TABLE books (
    id integer PRIMARY KEY, title text NOT NULL DEFAULT 'untitled', pages integer, author_id integer,
    CONSTRAINT pages_positive CHECK (pages > 0)
  );
  CREATE INDEX books_title_idx ON books (title);
  CREATE VIEW titles AS SELECT title FROM books;
  CREATE SEQUENCE numbers;
  CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';`;

describe('undoing a migration', () => {
  let client: Client;
  const run = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
  const read = async () => readSchema(run);

  beforeEach(async () => {
    client = new Client({ connectionString: await createEmptyDatabase() });
    await client.connect();
    await client.query(BASE);
  });

  afterEach(async () => {
    await client.end();
  });

  it.each([
    [
      'CREATE TABLE shelves (id integer PRIMARY KEY, book_id integer REFERENCES books); CREATE INDEX ON shelves (book_id)',
    ],
    ['CREATE TABLE shelves (id serial PRIMARY KEY); CREATE TABLE rooms (shelf integer REFERENCES shelves)'],
    [
      `CREATE TABLE shelves (id integer); COMMENT ON TABLE shelves IS 'for books'; ALTER TABLE shelves ENABLE ROW LEVEL SECURITY`,
    ],
    ['ALTER TABLE books ADD COLUMN number serial; CREATE INDEX ON books (number)'],
    ['DROP TABLE books'],
    ['ALTER TABLE books RENAME TO volumes'],
    ['ALTER TABLE books ADD COLUMN price numeric(10, 2) NOT NULL DEFAULT 0'],
    ['ALTER TABLE books DROP COLUMN pages'],
    ['ALTER TABLE books RENAME COLUMN pages TO page_count'],
    ['ALTER TABLE books ALTER COLUMN pages TYPE bigint'],
    ['ALTER TABLE books ALTER COLUMN pages SET DEFAULT 100, ALTER COLUMN title DROP DEFAULT'],
    ['ALTER TABLE books ALTER COLUMN pages SET NOT NULL, ALTER COLUMN title DROP NOT NULL'],
    ['ALTER TABLE books ADD CONSTRAINT one_title UNIQUE (title)'],
    ['ALTER TABLE books ADD CONSTRAINT author FOREIGN KEY (author_id) REFERENCES authors (id)'],
    ['ALTER TABLE books RENAME CONSTRAINT pages_positive TO pages_above_zero'],
    ['CREATE INDEX books_pages_idx ON books (pages) WHERE pages > 10'],
    ['DROP INDEX books_title_idx'],
    ['DROP INDEX books_title_idx; CREATE UNIQUE INDEX books_title_idx ON books (title, pages)'],
    ['ALTER INDEX books_title_idx RENAME TO "Books by title"'],
  ])('of %s gives the schema that was', async (change) => {
    await client.query('DROP VIEW titles');
    const before = await read();
    await client.query(change);
    expect(differencesBetween(before, await read())).not.toEqual([]);
    const { unknown } = await tryToUndo(run, before, undo(before, await read()));
    expect(unknown).toEqual([]);
    expect(differencesBetween(before, await read())).toEqual([]);
  });

  it('leaves a check that is back for the next migration to validate', async () => {
    const before = await read();
    await client.query('ALTER TABLE books DROP CONSTRAINT pages_positive');
    expect(undo(before, await read()).statements).toEqual([
      'ALTER TABLE books ADD CONSTRAINT pages_positive CHECK ((pages > 0)) NOT VALID',
    ]);
  });

  it('says what does not come back', async () => {
    await client.query('DROP VIEW titles');
    const before = await read();
    await client.query('ALTER TABLE authors DROP COLUMN name; DROP TABLE books');
    const { losses, statements } = undo(before, await read());
    expect(losses).toEqual([
      'The rows of books do not come back.',
      'The values of authors.name do not come back.',
      'authors.name was NOT NULL: fill it, then require it in a migration of its own.',
    ]);
    expect(statements).toContain('ALTER TABLE authors ADD COLUMN name text');
  });

  it.each([
    ['CREATE OR REPLACE VIEW titles AS SELECT title FROM books WHERE pages > 1', 'definition of view titles'],
    ['DROP VIEW titles', 'view titles'],
    [`CREATE TYPE mood AS ENUM ('good')`, 'type mood'],
    ['CREATE SEQUENCE others', 'sequence others'],
    ['ALTER SEQUENCE numbers INCREMENT BY 2', 'definition of sequence numbers'],
    [`CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 2'`, 'definition of one()'],
    [
      'CREATE TRIGGER t BEFORE UPDATE ON books FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
      'trigger t of books',
    ],
    [`COMMENT ON COLUMN books.pages IS 'of paper'`, 'comment on column pages of table books'],
    ['CREATE STATISTICS s ON title, pages FROM books', 'statistics object s'],
    ['ALTER TABLE books ENABLE ROW LEVEL SECURITY', 'table books'],
    ['ALTER TABLE books SET (fillfactor = 70)', 'table books'],
    ['GRANT SELECT ON books TO PUBLIC', 'table books'],
    ['ALTER TABLE books ALTER COLUMN pages SET STATISTICS 500', 'column books.pages'],
    [
      'ALTER TABLE books ALTER COLUMN author_id SET NOT NULL, ALTER COLUMN author_id ADD GENERATED ALWAYS AS IDENTITY',
      'column "author_id" of relation "books" is an identity column',
    ],
    ['CREATE SCHEMA elsewhere', 'schema elsewhere'],
    [
      'ALTER TABLE books ADD COLUMN price integer; CREATE VIEW prices AS SELECT price FROM books',
      'cannot drop column price of table books because other objects depend on it',
    ],
  ])('is not tried where it can not be derived: %s', async (change, unknown) => {
    const before = await read();
    await client.query(change);
    const tried = await tryToUndo(run, before, undo(before, await read()));
    expect(tried.unknown).toContain(unknown);
  });
});

describe('the script migration:reverse', () => {
  const reverse = async (...args: string[]) =>
    runToEnd('scripts/migration-reverse.mjs', args, {
      NODE_OPTIONS: '--import ./test/support/fixture-migrations.mjs',
      FIXTURE_MIGRATIONS: JSON.stringify([
        {
          name: 'AddPriority4000000000001',
          statements: [
            'ALTER TABLE todos ADD COLUMN priority integer',
            'CREATE INDEX todos_priority_idx ON todos (priority)',
            'CREATE INDEX todos_due_at_idx ON todos (due_at)',
            'UPDATE todos SET priority = 1',
          ],
        },
        { name: 'Nothing4000000000002', statements: ['SELECT 1'] },
        { name: 'Shout4000000000004', statements: ['UPDATE todos SET title = upper(title)'] },
        {
          name: 'AddIndex4000000000005',
          index: 'todos_completed_at_idx',
          statement: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS todos_completed_at_idx ON todos (completed_at)',
        },
        { name: 'AddView4000000000003', statements: ['CREATE VIEW titles AS SELECT title FROM todos'] },
      ]),
    });

  it('drafts a migration for what happens together, and one for each index', async () => {
    const { status, output } = await reverse('AddPriority4000000000001', '--dry-run');
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toContain('// reverse-add-priority\n');
    expect(output).toContain('await queryRunner.query(`ALTER TABLE todos DROP COLUMN priority`);');
    expect(output).toContain('DROP INDEX CONCURRENTLY IF EXISTS todos_due_at_idx');
    // It goes with its column.
    expect(output).not.toContain('todos_priority_idx');
    expect(output).toContain(' * Rows that it made, changed or deleted stay as they are now.\n');
    expect(output).toContain('readonly transaction = false;');
    expect(output).toContain(
      'Undoes AddPriority4000000000001. Code that still runs must not need what goes here.',
    );
  });

  it('drafts the end of an index that was made concurrently', async () => {
    const { output } = await reverse('AddIndex4000000000005', '--dry-run');
    expect(output.match(/queryRunner\.query\(.*/g)).toEqual([
      'queryRunner.query(`DROP INDEX CONCURRENTLY IF EXISTS todos_completed_at_idx`);',
    ]);
  });

  it.each([
    ['Shout4000000000004', 'Rows that it made, changed or deleted stay as they are now.'],
    ['Nothing4000000000002', 'did not change the schema'],
    ['AddView4000000000003', 'Write its reverse by hand'],
    ['Unknown4000000000009', 'There is no migration "Unknown4000000000009"'],
  ])('writes nothing for %s, and says why', async (name, reason) => {
    const { status, output } = await reverse(name);
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringContaining(reason) as string,
    });
  });

  it('writes files that compile and give the schema that was', async () => {
    const project = copyOfProject(
      'ALTER TABLE todos DROP COLUMN description; DROP INDEX todos_user_id_id_idx; CREATE INDEX "By `version`" ON todos (version); ALTER TABLE todos ADD COLUMN "${price}" integer',
    );
    try {
      const written = project.run('scripts/migration-reverse.mjs', [CHANGE]);
      expect(written).toContain('The values of todos.description do not come back.');
      const files = readdirSync(project.migrations).filter((file) => file !== 'index.ts');
      // The table, the index that goes, and the two that come back: one was dropped, and one went with its column.
      expect(files).toHaveLength(4);
      for (const file of files) project.add(file);
      const [url, without] = [await createEmptyDatabase(), await createEmptyDatabase()];
      project.run('dist/database/migrate.js', [], { DATABASE_URL: url });
      await runToEnd('dist/database/migrate.js', [], { DATABASE_URL: without });
      expect(await query(url, 'SELECT FROM migrations')).toHaveLength(migrations.length + 1 + files.length);
      const schemaOf = async (database: string): Promise<Schema> =>
        readSchema(async (sql) => query<Record<string, unknown>>(database, sql));
      const differences = differencesBetween(await schemaOf(without), await schemaOf(url));
      expect(differences).toEqual([]);
    } finally {
      project.remove();
    }
  });
});

const CHANGE = 'Change1760200000000';

/** The build and the scripts, with one more migration and no sources but those that are written. */
function copyOfProject(statements: string) {
  const folder = mkdtempSync(join(tmpdir(), 'reverse-'));
  for (const part of ['dist', 'scripts', 'service.json', 'package.json'])
    cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  const migrations = join(folder, 'src', 'database', 'migrations');
  mkdirSync(migrations, { recursive: true });
  const built = join(folder, 'dist', 'database', 'migrations');
  const list = join(built, 'index.js');
  const append = (code: string) => {
    writeFileSync(list, `${readFileSync(list, 'utf8')}\nexports.migrations.push(${code});\n`);
  };
  append(`class ${CHANGE} extends require('../forward-only').ForwardOnlyMigration {
    name = '${CHANGE}';
    async up(queryRunner) { await queryRunner.query(${JSON.stringify(statements)}); }
  }`);
  return {
    migrations,
    run: (script: string, args: string[], environment: Record<string, string> = {}) =>
      execFileSync(process.execPath, [script, ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, ...environment },
      }),
    add: (file: string) => {
      const source = readFileSync(join(migrations, file), 'utf8');
      const { outputText } = transpileModule(source, { compilerOptions: { module: ModuleKind.CommonJS } });
      writeFileSync(join(built, file.replace('.ts', '.js')), outputText);
      append(`require('./${file.replace('.ts', '')}').${classOf(file)}`);
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
