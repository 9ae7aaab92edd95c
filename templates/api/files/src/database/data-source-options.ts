import { readFileSync } from 'node:fs';
import type { DataSourceOptions, Logger } from 'typeorm';
import { IdempotencyKey } from '../common/idempotency/idempotency-key.entity';
import { service } from '../config/service';
import { Todo } from '../todos/todo.entity';
import { databaseEnvironment } from './database.environment';
import { migrations } from './migrations';

/** The options of TypeORM for PostgreSQL. */
export type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

type Values = ReturnType<typeof databaseEnvironment.read>;

const SHARED = {
  type: 'postgres' as const,
  entities: [Todo, IdempotencyKey],
  migrations,
  synchronize: false,
  migrationsRun: false,
  migrationsTableName: 'migrations',
  // Each migration in its own transaction: a failing one leaves the schema as the one before it left it, and
  // CREATE INDEX CONCURRENTLY can opt out.
  migrationsTransactionMode: 'each' as const,
  installExtensions: false,
};

/** How the service speaks to the database. */
export function dataSourceOptions(logger?: Logger): PostgresOptions {
  const values = databaseEnvironment.read();
  return {
    ...SHARED,
    ...connection(values, values.DATABASE_URL),
    ...(logger && { logger }),
    applicationName: service.name,
    poolSize: values.DATABASE_POOL_SIZE,
    connectTimeoutMS: values.DATABASE_CONNECT_TIMEOUT_MS,
    maxQueryExecutionTime: values.DATABASE_SLOW_QUERY_MS,
    extra: {
      statement_timeout: values.DATABASE_STATEMENT_TIMEOUT_MS,
      lock_timeout: values.DATABASE_LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: values.DATABASE_STATEMENT_TIMEOUT_MS,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    },
  };
}

/** How the migrator speaks to the database: with its own role where there is one, patient with long statements. */
export function migrationDataSourceOptions(): PostgresOptions {
  const values = databaseEnvironment.read();
  return {
    ...SHARED,
    ...connection(values, values.MIGRATION_DATABASE_URL ?? values.DATABASE_URL),
    applicationName: `${service.name}-migrator`,
    // One connection holds the lock, the other migrates.
    poolSize: 2,
    connectTimeoutMS: values.DATABASE_CONNECT_TIMEOUT_MS,
    extra: {
      lock_timeout: values.DATABASE_LOCK_TIMEOUT_MS,
      statement_timeout: 15 * 60_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  };
}

function connection(values: Values, url: string | undefined): Partial<PostgresOptions> {
  const { DATABASE_PASSWORD } = values;
  return {
    ssl: tls(values),
    ...(url
      ? { url }
      : {
          host: values.DATABASE_HOST,
          port: values.DATABASE_PORT,
          database: values.DATABASE_NAME,
          username: values.DATABASE_USER,
          ...(DATABASE_PASSWORD && { password: DATABASE_PASSWORD }),
        }),
  };
}

function tls({ DATABASE_TLS, DATABASE_TLS_CA_FILE }: Values): PostgresOptions['ssl'] {
  if (DATABASE_TLS === 'disable') return false;
  return {
    rejectUnauthorized: true,
    ...(DATABASE_TLS_CA_FILE && { ca: readFileSync(DATABASE_TLS_CA_FILE, 'utf8') }),
  };
}
