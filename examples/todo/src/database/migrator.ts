import { setTimeout as delay } from 'node:timers/promises';
import { DataSource, type Migration, MigrationExecutor, QueryFailedError, type QueryRunner } from 'typeorm';
import { grantRows, inTransaction, prepareAppRole } from './app-role';
import { BackfillMigration } from './backfill-migration';
import type { PostgresOptions } from './data-source-options';

/** Receives what the migrator does, one event a call; those of a failure have `err`. */
export type Report = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

export interface MigratorOptions {
  /** How long to wait for another migrator. */
  readonly lockWaitMs: number;
  /** How often a migration is tried that can't get its locks within `lock_timeout`. */
  readonly attempts: number;
  /** How long to wait before the second attempt; before each later one, as much longer. */
  readonly retryMs: number;
  /** The role that gets the rights of the service, where it has one of its own. */
  readonly appRole?: string | undefined;
  /** The role that lets it log in, where the server has one for that. */
  readonly appMemberOf?: string | undefined;
}

const DEFAULTS: MigratorOptions = { lockWaitMs: 120_000, attempts: 5, retryMs: 1000 };
const POLL_MS = 200;
const LOCK_NOT_AVAILABLE = '55P03';
/** An arbitrary number that only migrators of this database use. */
const LOCK_KEY = 7_465_646_073;

/** Another migrator did not finish in time. */
export class MigrationLockError extends Error {
  constructor(waitedMs: number) {
    super(
      `Another migrator has held the lock for ${waitedMs} ms. Find it in pg_stat_activity, or try again later.`,
    );
    this.name = 'MigrationLockError';
  }
}

/** A migration failed. It has been reported with its cause. */
export class MigrationFailedError extends Error {
  constructor(migration: string, cause: unknown) {
    super(`${migration} failed; what was applied before it stays.`, { cause });
    this.name = 'MigrationFailedError';
  }
}

/**
 * Applies the pending migrations, one migrator at a time, each migration in its own transaction.
 *
 * @returns the names of the applied ones.
 * @throws MigrationLockError, or MigrationFailedError; the migrations before the failed one stay applied.
 */
export async function migrate(
  connection: PostgresOptions,
  report: Report,
  given: Partial<MigratorOptions> = {},
): Promise<readonly string[]> {
  const options = { ...DEFAULTS, ...given };
  const start = Date.now();
  const dataSource = await new DataSource(connection).initialize();
  try {
    const atStart = await pendingOf(dataSource);
    await lock(dataSource, options.lockWaitMs, report);
    const waitedMs = Date.now() - start;
    const { appRole, appMemberOf } = options;
    if (appRole !== undefined)
      await inSession(dataSource, async (session) => prepareAppRole(session, appRole, appMemberOf));
    const pending = await pendingOf(dataSource);
    report('pending', { count: pending.length, migrations: pending.map(({ name }) => name) });
    const applied: string[] = [];
    try {
      for (const migration of pending) {
        await apply(dataSource, migration, report, options);
        applied.push(migration.name);
      }
      if (appRole !== undefined) {
        await inSession(dataSource, async (session) =>
          inTransaction(session, async () => grantRows(session, appRole, historyOf(dataSource))),
        );
        report('app_role_prepared', { role: appRole });
      }
    } finally {
      report('done', {
        applied: applied.length,
        pending: pending.length - applied.length,
        applied_by_another: atStart.length - pending.length,
        waited_ms: waitedMs,
        duration_ms: Date.now() - start,
      });
    }
    return applied;
  } finally {
    // Ends the session that holds the lock, and so frees it.
    await dataSource.destroy();
  }
}

/** The names of the pending migrations. Changes nothing. */
export async function pendingMigrations(connection: PostgresOptions): Promise<readonly string[]> {
  const dataSource = await new DataSource(connection).initialize();
  try {
    return (await pendingOf(dataSource)).map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}

async function inSession(
  dataSource: DataSource,
  work: (session: QueryRunner) => Promise<void>,
): Promise<void> {
  const session = dataSource.createQueryRunner();
  try {
    await work(session);
  } finally {
    await session.release();
  }
}

/** The table of the applied migrations. */
function historyOf(dataSource: DataSource): string {
  return dataSource.options.migrationsTableName ?? 'migrations';
}

async function pendingOf(dataSource: DataSource): Promise<readonly Migration[]> {
  return new MigrationExecutor(dataSource).getPendingMigrations();
}

/**
 * Takes the lock of the migrators on a connection of its own. Polls: a session that waits inside
 * `pg_advisory_lock` would hold a snapshot for which CREATE INDEX CONCURRENTLY waits in turn.
 */
async function lock(dataSource: DataSource, waitMs: number, report: Report): Promise<void> {
  const session = dataSource.createQueryRunner();
  const deadline = Date.now() + waitMs;
  for (let waiting = false; ; waiting = true) {
    const rows = (await session.query('SELECT pg_try_advisory_lock($1) AS taken', [LOCK_KEY])) as {
      taken: boolean;
    }[];
    if (rows[0]?.taken) return;
    if (!waiting) report('waiting for another migrator');
    if (Date.now() > deadline) throw new MigrationLockError(waitMs);
    await delay(POLL_MS);
  }
}

/** Applies one migration; again, where it can't get its locks: who waits for a lock makes others wait behind it. */
async function apply(
  dataSource: DataSource,
  migration: Migration,
  report: Report,
  options: MigratorOptions,
): Promise<void> {
  const { attempts, retryMs } = options;
  const start = Date.now();
  for (let attempt = 1; ; attempt += 1) {
    const failure = await attemptToApply(dataSource, migration, report, options);
    const fields = { migration: migration.name, attempt, duration_ms: Date.now() - start };
    if (!failure) {
      report('migration_applied', { ...fields, outcome: 'applied' });
      return;
    }
    const { error } = failure;
    if (!isLockTimeout(error) || attempt >= attempts) {
      const remedy = remedyFor(migration, error);
      report('migration_failed', { ...fields, outcome: 'failed', remedy, err: error });
      throw new MigrationFailedError(migration.name, error);
    }
    report('a lock was not free, trying again', fields);
    await delay(attempt * retryMs);
  }
}

async function attemptToApply(
  dataSource: DataSource,
  migration: Migration,
  report: Report,
  { appRole }: MigratorOptions,
): Promise<{ error: unknown } | undefined> {
  const session = dataSource.createQueryRunner();
  const progress = (rows: number) => {
    report('backfill_progress', { migration: migration.name, rows });
  };
  Object.assign(session.data, { progress });
  try {
    await prepare(session, migration);
    const executor = new MigrationExecutor(dataSource, session);
    if (!hasTransaction(migration)) {
      await executor.executeMigration(migration);
      return undefined;
    }
    await session.startTransaction();
    await executor.executeMigration(migration);
    if (appRole !== undefined) await grantRows(session, appRole, historyOf(dataSource));
    await session.commitTransaction();
    return undefined;
  } catch (error) {
    // A connection that is lost can't roll back, and needs not.
    if (session.isTransactionActive) await session.rollbackTransaction().catch(() => undefined);
    return { error };
  } finally {
    await session.release();
  }
}

async function prepare(session: QueryRunner, migration: Migration): Promise<void> {
  // Lets the server end the statement of a migrator that was killed; servers on Windows don't know how.
  await session.query(`SET client_connection_check_interval = '1s'`).catch(() => undefined);
  // CREATE INDEX CONCURRENTLY waits for every transaction that is older, but nobody has to wait for it.
  const mayWait = !hasTransaction(migration) && !(migration.instance instanceof BackfillMigration);
  await session.query(mayWait ? 'SET lock_timeout = 0' : 'RESET lock_timeout');
}

function hasTransaction({ instance }: Migration): boolean {
  return instance?.transaction !== false;
}

function isLockTimeout(error: unknown): boolean {
  return (
    error instanceof QueryFailedError && (error.driverError as { code?: string }).code === LOCK_NOT_AVAILABLE
  );
}

function remedyFor(migration: Migration, error: unknown): string {
  const state = hasTransaction(migration)
    ? 'The schema is as it was before this migration.'
    : 'It ran without a transaction and may have left something: the next run replaces an invalid index, or goes on with the rows that are left.';
  const step = isLockTimeout(error)
    ? 'End the transaction that holds the lock (pg_stat_activity), then run the migrator again.'
    : 'Follow docs/runbooks/migration-failed-half-way.md.';
  return `${state} ${step}`;
}
