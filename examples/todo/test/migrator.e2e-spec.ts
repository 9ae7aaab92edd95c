import { Client } from 'pg';
import { AbstractLogger, type QueryRunner } from 'typeorm';
import { migrationDataSourceOptions } from '../src/database/data-source-options';
import { ForwardOnlyMigration } from '../src/database/forward-only';
import { migrate, MigrationFailedError } from '../src/database/migrator';
import { createDatabase, query } from './support/database';
import { type FixtureMigration, migratorActivity, MigratorProcess } from './support/migrator';
import { until } from './support/until';

const ADD_PRIORITY: FixtureMigration = {
  name: 'AddPriority4000000000001',
  statements: ['ALTER TABLE todos ADD COLUMN priority integer'],
};
const ADD_INDEX: FixtureMigration = {
  name: 'AddIndex4000000000002',
  index: 'todos_due_at_idx',
  statement: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS todos_due_at_idx ON todos (due_at)',
};
const FAILS: FixtureMigration = {
  name: 'Fails4000000000003',
  statements: ['ALTER TABLE todos ADD COLUMN color text', 'ALTER TABLE todos ADD COLUMN title text'],
};
const NEVER_TRIED: FixtureMigration = { name: 'NeverTried4000000000004', statements: ['SELECT 1'] };

class QueryRecorder extends AbstractLogger {
  constructor(private readonly queries: string[]) {
    super(true);
  }

  override logQuery(sql: string): void {
    this.queries.push(sql);
  }

  protected override writeLog(): void {
    // Only queries are of interest.
  }
}

/** A transaction that has read the todos and is not over: DDL has to wait for it. */
async function openReader(url: string): Promise<{ end: () => Promise<void> }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await client.query('SELECT count(*) FROM todos');
  return { end: async () => client.end() };
}

const columnsOfTodos = async (url: string) =>
  (
    await query<{ name: string }>(
      url,
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'todos'::regclass AND attnum > 0 AND NOT attisdropped`,
    )
  ).map(({ name }) => name);

const invalidIndexes = async (url: string) =>
  query(url, 'SELECT indexrelid::regclass AS name FROM pg_index WHERE NOT indisvalid');

describe('the migrator', () => {
  let url: string;

  beforeEach(async () => {
    url = await createDatabase();
  });

  it('reports each migration with its duration and outcome, and how many are left', async () => {
    const run = MigratorProcess.run(url, [ADD_PRIORITY, FAILS, NEVER_TRIED]);
    expect(await run.ended()).toBe(1);
    expect(run.events('migration_applied')).toMatchObject([
      { level: 'info', migration: ADD_PRIORITY.name, outcome: 'applied', attempt: 1 },
    ]);
    expect(run.events('migration_failed')).toMatchObject([
      {
        level: 'error',
        migration: FAILS.name,
        outcome: 'failed',
        remedy: expect.stringContaining('The schema is as it was before this migration.'),
        err: { message: expect.stringContaining('"title" of relation "todos" already exists') },
      },
    ]);
    for (const line of [...run.events('migration_applied'), ...run.events('migration_failed')])
      expect(line.duration_ms).toEqual(expect.any(Number));
    expect(run.events('done')).toMatchObject([{ applied: 1, pending: 2, applied_by_another: 0 }]);
    expect(await columnsOfTodos(url)).toContain('priority');
    expect(await columnsOfTodos(url)).not.toContain('color');
  });

  it('makes an index concurrently while other migrators wait', async () => {
    const reader = await openReader(url);
    // The index takes longer to get its locks than other migrations may.
    const environment = { DATABASE_LOCK_TIMEOUT_MS: '200' };
    const runs = [1, 2, 3].map(() => MigratorProcess.run(url, [ADD_INDEX], environment));
    try {
      await until('one migrator to make the index, and two to wait for it', async () => {
        const waiting = runs.filter((run) => run.events('waiting for another migrator').length === 1);
        const active = await migratorActivity(url);
        return waiting.length === 2 && active.some(({ query: sql }) => sql.startsWith('CREATE INDEX'));
      });
      // Longer than the time limit of locks.
      await new Promise((resolve) => setTimeout(resolve, 500));
    } finally {
      await reader.end();
    }
    expect(await Promise.all(runs.map(async (run) => run.ended()))).toEqual([0, 0, 0]);
    expect(await invalidIndexes(url)).toEqual([]);
    // It waits for old transactions as long as it takes: giving up would leave an invalid index.
    expect(runs.flatMap((run) => run.events('migration_applied'))).toMatchObject([{ attempt: 1 }]);
    const summaries = runs.flatMap((run) => run.events('done'));
    expect(summaries.map(({ applied }) => applied).sort()).toEqual([0, 0, 1]);
    expect(summaries.map((summary) => summary.applied_by_another).sort()).toEqual([0, 1, 1]);
  });

  it('replaces the invalid index that a killed migrator leaves', async () => {
    const reader = await openReader(url);
    const killed = MigratorProcess.run(url, [ADD_INDEX]);
    try {
      await until('an index that is not valid yet', async () => (await invalidIndexes(url)).length === 1);
      killed.signal('SIGKILL');
      await killed.ended();
      await until('the server to notice', async () => (await migratorActivity(url)).length === 0);
    } finally {
      await reader.end();
    }
    expect(await invalidIndexes(url)).toHaveLength(1);
    const rerun = MigratorProcess.run(url, [ADD_INDEX]);
    expect(await rerun.ended()).toBe(0);
    expect(await invalidIndexes(url)).toEqual([]);
  });

  it('leaves neither lock nor traces when it is killed, and succeeds the next time', async () => {
    const sleeps = {
      ...ADD_PRIORITY,
      statements: [...(ADD_PRIORITY.statements ?? []), 'SELECT pg_sleep(300)'],
    };
    const killed = MigratorProcess.run(url, [sleeps]);
    await until('the migration to be half-way', async () =>
      (await migratorActivity(url)).some(({ wait }) => wait === 'PgSleep'),
    );
    killed.signal('SIGKILL');
    await killed.ended();
    const rerun = MigratorProcess.run(url, [ADD_PRIORITY]);
    expect(await rerun.ended()).toBe(0);
    expect(rerun.events('done')).toMatchObject([{ applied: 1, pending: 0 }]);
    expect(await columnsOfTodos(url)).toContain('priority');
  });

  it('gives up a lock that it does not get, so that reads go on, and tries again', async () => {
    const reader = await openReader(url);
    const run = MigratorProcess.run(url, [ADD_PRIORITY], { DATABASE_LOCK_TIMEOUT_MS: '300' });
    const reads: number[] = [];
    try {
      await until('a second attempt', async () => {
        // Reads queue up behind a DDL statement that waits for its lock.
        const start = Date.now();
        await query(url, 'SELECT count(*) FROM todos');
        reads.push(Date.now() - start);
        return run.events('a lock was not free, trying again').length >= 2;
      });
    } finally {
      await reader.end();
    }
    expect(await run.ended()).toBe(0);
    expect(Math.max(...reads)).toBeLessThan(1000);
    expect(run.events('migration_applied')).toMatchObject([{ migration: ADD_PRIORITY.name }]);
  });

  describe('with a backfill', () => {
    const FILL: FixtureMigration = {
      name: 'Fill4000000000005',
      table: 'todos',
      change: 'UPDATE todos SET description = upper(title), version = version + 1',
      where: 'description IS NULL',
      batchSize: 100,
    };
    const ROWS = 2500;

    beforeEach(async () => {
      await query(
        url,
        `INSERT INTO todos (id, user_id, title) SELECT gen_random_uuid(), 'a', 'todo ' || n FROM generate_series(1, ${ROWS}) n`,
      );
    });

    const left = async () =>
      query(url, `SELECT FROM todos WHERE description IS DISTINCT FROM upper(title) OR version <> 2`);

    it('goes on where it was killed, and changes every row once', async () => {
      const killed = MigratorProcess.run(url, [FILL]);
      await until('some batches', () => killed.events('backfill_progress').length >= 3);
      killed.signal('SIGKILL');
      await killed.ended();
      const rows = (await left()).length;
      expect(rows).toBeGreaterThan(0);
      expect(rows).toBeLessThan(ROWS);
      const rerun = MigratorProcess.run(url, [FILL]);
      expect(await rerun.ended()).toBe(0);
      expect(rerun.events('backfill_progress').at(-1)).toMatchObject({ migration: FILL.name, rows });
      expect(await left()).toEqual([]);
    });

    it('changes no row twice and ends, also where its condition still finds what is done', async () => {
      const run = MigratorProcess.run(url, [{ ...FILL, where: 'version > 0' }]);
      expect(await run.ended()).toBe(1);
      expect(run.events('migration_failed')).toMatchObject([
        { err: { message: expect.stringContaining('either the change does not end that') } },
      ]);
      expect(await left()).toEqual([]);
    });

    it('commits each batch, and waits for no row longer than for any lock', async () => {
      const holder = new Client({ connectionString: url });
      await holder.connect();
      await holder.query(`BEGIN; SELECT FROM todos ORDER BY id DESC LIMIT 1 FOR UPDATE`);
      const run = MigratorProcess.run(url, [FILL], { DATABASE_LOCK_TIMEOUT_MS: '300' });
      try {
        await until('another attempt', () => run.events('a lock was not free, trying again').length > 0);
        expect((await left()).length).toBe(100);
      } finally {
        await holder.end();
      }
      expect(await run.ended()).toBe(0);
      expect(await left()).toEqual([]);
    });
  });

  it('asks for the lock and the list, and for nothing else, where nothing is pending', async () => {
    Object.assign(process.env, { DATABASE_URL: url });
    const queries: string[] = [];
    const options = { ...migrationDataSourceOptions(), logger: new QueryRecorder(queries) };
    expect(await migrate(options, () => undefined)).toEqual([]);
    // What is pending before the lock is there may have been applied by the one who held it.
    const list = [
      expect.stringMatching(/^SELECT .* FROM "information_schema"."tables"/),
      expect.stringMatching(/^SELECT .* FROM "migrations"/),
    ];
    const connect = ['SELECT version()', 'SELECT * FROM current_schema()'];
    expect(queries).toEqual([...connect, ...list, 'SELECT pg_try_advisory_lock($1) AS taken', ...list]);
  });

  it('does not try for ever to get a lock', async () => {
    const reader = await openReader(url);
    const reported: Record<string, unknown>[] = [];
    class AddPriority4000000000001 extends ForwardOnlyMigration {
      readonly name = 'AddPriority4000000000001';

      async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query('ALTER TABLE todos ADD COLUMN priority integer');
      }
    }
    Object.assign(process.env, { DATABASE_URL: url, DATABASE_LOCK_TIMEOUT_MS: '50' });
    try {
      const run = migrate(
        { ...migrationDataSourceOptions(), migrations: [AddPriority4000000000001] },
        (event, fields) => reported.push({ event, ...fields }),
        { lockWaitMs: 1000, attempts: 3, retryMs: 10 },
      );
      await expect(run).rejects.toThrow(MigrationFailedError);
    } finally {
      await reader.end();
    }
    expect(reported.filter(({ event }) => event === 'a lock was not free, trying again')).toHaveLength(2);
    expect(reported.find(({ event }) => event === 'migration_failed')).toMatchObject({
      attempt: 3,
      err: { driverError: { code: '55P03' } },
      remedy: expect.stringContaining('End the transaction that holds the lock'),
    });
  });
});
