import { Client } from 'pg';
import { readSchema, type Schema, undo } from '../scripts/lib/schema-difference.mjs';
import { runToEnd } from './support/child';
import { createEmptyDatabase } from './support/database';

const BASE = `
  CREATE TABLE authors (id integer PRIMARY KEY, name text NOT NULL);
  CREATE TABLE books (
    id integer PRIMARY KEY, title text NOT NULL DEFAULT 'untitled', pages integer, author_id integer,
    CONSTRAINT pages_positive CHECK (pages > 0)
  );
  CREATE INDEX books_title_idx ON books (title);
  CREATE VIEW titles AS SELECT title FROM books;`;

/** What a schema looks like, whatever its parts are called within the server, and whether or not all rows were checked. */
function described(schema: Schema): unknown {
  const tableOf = (id: string) => schema.tables.get(id)?.name;
  const list = (things: Map<string, object>) =>
    [...things.values()]
      .map((thing) =>
        JSON.stringify({ ...thing, ...('table' in thing && { table: tableOf(thing.table as string) }) }),
      )
      .map((text) => text.replace(' NOT VALID', ''))
      .sort();
  const { tables, columns, constraints, indexes, others } = schema;
  return {
    tables: list(tables),
    columns: list(columns),
    constraints: list(constraints),
    indexes: list(indexes),
    others: list(others),
  };
}

describe('undoing a migration', () => {
  let client: Client;
  const read = async () => readSchema(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows);

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
    const undoing = undo(before, await read());
    expect(undoing.unknown).toEqual([]);
    for (const statement of undoing.statements) await client.query(statement);
    for (const name of undoing.droppedIndexes) await client.query(`DROP INDEX CONCURRENTLY ${name}`);
    for (const { statement } of undoing.indexes) await client.query(statement);
    expect(described(await read())).toEqual(described(before));
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

  it('says what can not be derived', async () => {
    const before = await read();
    await client.query(
      `CREATE OR REPLACE VIEW titles AS SELECT title FROM books WHERE pages > 1; CREATE TYPE mood AS ENUM ('good')`,
    );
    expect(undo(before, await read()).unknown).toEqual(['view titles', 'type mood']);
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
          ],
        },
        { name: 'Nothing4000000000002', statements: ['SELECT 1'] },
        { name: 'AddView4000000000003', statements: ['CREATE VIEW titles AS SELECT title FROM todos'] },
      ]),
    });

  it('drafts a migration for what happens together, and one for each index', async () => {
    const { status, output } = await reverse('AddPriority4000000000001', '--dry-run');
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toContain('// reverse-add-priority\n');
    expect(output).toContain('await queryRunner.query(`ALTER TABLE todos DROP COLUMN priority`);');
    // The index goes with its column.
    expect(output).toContain('DROP INDEX CONCURRENTLY IF EXISTS todos_priority_idx');
    expect(output).toContain('readonly transaction = false;');
    expect(output).toContain(
      'Undoes AddPriority4000000000001. Code that still runs must not need what goes here.',
    );
  });

  it.each([
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
});
