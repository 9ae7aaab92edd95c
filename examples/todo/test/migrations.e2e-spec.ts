import { AbstractLogger, DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/database/data-source-options';
import { migrations } from '../src/database/migrations';
import { Todo } from '../src/todos/todo.entity';
import { type TodoFilter, TodosRepository } from '../src/todos/todos.repository';
import { runToEnd, ScriptProcess } from './support/child';
import { createDatabase, createEmptyDatabase, query } from './support/database';
import { until } from './support/until';

const MIGRATE = 'dist/database/migrate.js';
const applied = async (url: string) =>
  (await query<{ name: string }>(url, 'SELECT name FROM migrations ORDER BY id')).map(({ name }) => name);

class QueryRecorder extends AbstractLogger {
  constructor(private readonly record: (sql: string, values: unknown[]) => void) {
    super(true);
  }

  override logQuery(sql: string, values: unknown[] = []): void {
    this.record(sql, values);
  }

  protected override writeLog(): void {
    // Only queries are of interest.
  }
}

describe('migrations', () => {
  it('are applied once by migrators that start together', async () => {
    const url = await createEmptyDatabase();
    const runs = await Promise.all([1, 2, 3].map(() => runToEnd(MIGRATE, [], { DATABASE_URL: url })));
    expect(runs.map(({ status, output }) => (status === 0 ? 0 : output))).toEqual([0, 0, 0]);
    expect(await applied(url)).toEqual(migrations.map(({ name }) => name));
  });

  it('wait for another migrator, and say so', async () => {
    const url = await createEmptyDatabase();
    const other = new DataSource({ type: 'postgres', url });
    await other.initialize();
    await other.query('SELECT pg_advisory_lock(7465646073)');
    const run = new ScriptProcess(MIGRATE, [], { DATABASE_URL: url });
    try {
      await until('the migrator to wait', () => run.output().includes('waiting for another migrator'));
    } finally {
      await other.destroy();
    }
    expect(await run.ended()).toBe(0);
  });

  it('have nothing to do the second time', async () => {
    const url = await createDatabase();
    expect(await runToEnd(MIGRATE, ['--check'], { DATABASE_URL: url })).toMatchObject({ status: 0 });
    const again = await runToEnd(MIGRATE, [], { DATABASE_URL: url });
    expect(again.status).toBe(0);
    expect(again.output).toContain('"count":0');
  });

  it('are reported as pending by --check, which changes nothing', async () => {
    const url = await createEmptyDatabase();
    expect(await runToEnd(MIGRATE, ['--check'], { DATABASE_URL: url })).toMatchObject({ status: 1 });
    expect(await query(url, `SELECT FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
  });

  it('leave the schema as it was when they fail', async () => {
    const url = await createEmptyDatabase();
    // The index of the first migration is in the way, after its table is made.
    await query(url, 'CREATE TABLE other (id integer)');
    await query(url, 'CREATE INDEX todos_search_idx ON other (id)');
    const { status, output } = await runToEnd(MIGRATE, [], { DATABASE_URL: url });
    expect(status).toBe(1);
    expect(output).toContain('todos_search_idx');
    const tables = await query<{ tablename: string }>(
      url,
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    expect(tables.map(({ tablename }) => tablename)).toEqual(['other']);
  });

  it('make the schema that the entities describe', async () => {
    process.env.DATABASE_URL = await createDatabase();
    const dataSource = await new DataSource(dataSourceOptions()).initialize();
    try {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query: sql }) => sql)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });

  it.each<[string, TodoFilter]>([
    ['todos_search_idx', { limit: 2, search: '4711' }],
    ['todos_open_idx', { limit: 2, completed: false }],
  ])('make an index %s that serves %j', async (index, filter) => {
    process.env.DATABASE_URL = await createDatabase();
    const queries: { sql: string; values: unknown[] }[] = [];
    const logger = new QueryRecorder((sql, values) => queries.push({ sql, values }));
    const dataSource = await new DataSource({ ...dataSourceOptions(logger), poolSize: 1 }).initialize();
    try {
      await dataSource.query(
        `INSERT INTO todos (id, user_id, title, completed_at)
         SELECT gen_random_uuid(), 'me', 'todo ' || n, CASE WHEN n > 10 THEN now() END FROM generate_series(1, 5000) n`,
      );
      await dataSource.query('ANALYZE todos');
      await new TodosRepository(dataSource.getRepository(Todo)).list('me', filter);
      const { sql, values } = queries.at(-1) ?? { sql: '', values: [] };
      const plan = await dataSource.query<unknown[]>(`EXPLAIN ${sql}`, values);
      expect(JSON.stringify(plan)).toContain(index);
    } finally {
      await dataSource.destroy();
    }
  });
});
