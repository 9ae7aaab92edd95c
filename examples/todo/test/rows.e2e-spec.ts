import { Client } from 'pg';
import { changesBetween, intendedChangesIn, readRows } from '../scripts/lib/rows.mjs';
import { createDatabase } from './support/database';

describe('comparing rows before and after a migration', () => {
  let client: Client;
  const read = async () => readRows(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows);

  beforeEach(async () => {
    client = new Client({ connectionString: await createDatabase() });
    await client.connect();
    await client.query(
      `INSERT INTO todos (id, user_id, title, description) SELECT gen_random_uuid(), 'a', 'todo ' || n, NULL FROM generate_series(1, 100) n`,
    );
  });

  afterEach(async () => {
    await client.end();
  });

  it.each([
    ['ALTER TABLE todos ADD COLUMN priority integer DEFAULT 1', []],
    ['ALTER TABLE todos DROP COLUMN due_at', []],
    ['CLUSTER todos USING todos_user_id_id_idx', []],
    [`UPDATE todos SET title = 'x' WHERE title = 'todo 1'`, ['todos.title']],
    [`UPDATE todos SET description = '' WHERE title = 'todo 1'`, ['todos.description']],
    [`DELETE FROM todos WHERE title = 'todo 1'`, ['todos']],
  ])('%s: %j', async (statement, changed) => {
    const before = await read();
    expect(before.get('todos')?.count).toBe(100);
    await client.query(statement);
    expect(changesBetween(before, await read()).map(({ what }) => what)).toEqual(changed);
  });

  it('knows what is meant', () => {
    expect(
      intendedChangesIn(['-- changes todos.title: trimmed at last\nUPDATE todos SET title = trim(title)']),
    ).toEqual([['todos.title', 'trimmed at last']]);
    expect(intendedChangesIn(['-- changes todos.title\nUPDATE todos SET title = 1'])).toEqual([]);
  });
});
