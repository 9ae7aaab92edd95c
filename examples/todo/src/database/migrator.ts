import { setTimeout as delay } from 'node:timers/promises';
import { DataSource, MigrationExecutor, QueryFailedError } from 'typeorm';
import type { PostgresOptions } from './data-source-options';

/** Receives what the migrator does, one event a call. */
export type Report = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

export interface MigratorOptions {
  /** How long to wait for another migrator. */
  readonly lockWaitMs: number;
  /** How often a migration is tried that can't get its locks within `lock_timeout`. */
  readonly attempts: number;
}

const DEFAULTS: MigratorOptions = { lockWaitMs: 120_000, attempts: 5 };
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

/**
 * Applies the pending migrations, one migrator at a time, each migration in its own transaction.
 *
 * @returns the names of the applied ones.
 * @throws MigrationLockError, or the error of the migration that failed; those before it stay applied.
 */
export async function migrate(
  connection: PostgresOptions,
  report: Report,
  { lockWaitMs, attempts }: MigratorOptions = DEFAULTS,
): Promise<readonly string[]> {
  const dataSource = await new DataSource(connection).initialize();
  try {
    await lock(dataSource, lockWaitMs, report);
    const pending = await pendingOf(dataSource);
    report('pending', { count: pending.length, migrations: pending });
    await apply(dataSource, report, attempts);
    return pending;
  } finally {
    // Ends the session that holds the lock, and so frees it.
    await dataSource.destroy();
  }
}

/** The names of the pending migrations. Changes nothing. */
export async function pendingMigrations(connection: PostgresOptions): Promise<readonly string[]> {
  const dataSource = await new DataSource(connection).initialize();
  try {
    return await pendingOf(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function pendingOf(dataSource: DataSource): Promise<readonly string[]> {
  return (await new MigrationExecutor(dataSource).getPendingMigrations()).map(({ name }) => name);
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

async function apply(dataSource: DataSource, report: Report, attempts: number): Promise<void> {
  const start = Date.now();
  let pending = await pendingOf(dataSource);
  const count = pending.length;
  for (let attempt = 1; ; attempt += 1) {
    const failure = await dataSource.runMigrations({ transaction: 'each' }).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    const left = await pendingOf(dataSource);
    for (const migration of pending.filter((name) => !left.includes(name)))
      report('migration applied', { migration });
    pending = left;
    if (!failure) break;
    if (!isLockTimeout(failure.error) || attempt >= attempts) throw failure.error;
    report('a lock was not free, trying again', { attempt });
    await delay(attempt * 1000);
  }
  report('done', { applied: count, duration_ms: Date.now() - start });
}

function isLockTimeout(error: unknown): boolean {
  return (
    error instanceof QueryFailedError && (error.driverError as { code?: string }).code === LOCK_NOT_AVAILABLE
  );
}
