import type { ClientConfig } from 'pg';
import type { DataSourceOptions, Logger } from 'typeorm';
import { service } from '../config/service';
import { timeLimitsEnvironment } from '../config/time-limits.environment';
import { access } from './access';
import { databaseEnvironment, usesTls } from './database.environment';
import { entities } from './entities';
import type { DatabaseValues } from './environment-access';
import { migrations } from './migrations';
import { observedClient, type QueryObserver } from './observed-client';

/** The options of TypeORM for PostgreSQL. */
export type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

const SHARED = {
  type: 'postgres' as const,
  entities,
  migrations,
  synchronize: false,
  migrationsRun: false,
  migrationsTableName: 'migrations',
  // Each migration in its own transaction: a failing one leaves the schema as the one before it left it, and
  // CREATE INDEX CONCURRENTLY can opt out.
  migrationsTransactionMode: 'each' as const,
  installExtensions: false,
};

/** A server that is cut off never says that a statement took too long: then the client does, a little later. */
const SILENCE_MS = 1000;

/** How the service speaks to the database. */
export function dataSourceOptions(logger?: Logger, observe?: QueryObserver): PostgresOptions {
  const values = databaseEnvironment.read();
  const limits = timeLimitsEnvironment.read();
  return {
    ...SHARED,
    ...connection(values, values.DATABASE_URL),
    ...(logger && { logger }),
    applicationName: service.name,
    poolSize: values.DATABASE_POOL_SIZE,
    connectTimeoutMS: limits.DATABASE_CONNECT_TIMEOUT_MS,
    maxQueryExecutionTime: values.DATABASE_SLOW_QUERY_MS,
    extra: {
      ...(observe && { Client: observedClient(observe) }),
      statement_timeout: limits.DATABASE_STATEMENT_TIMEOUT_MS,
      lock_timeout: limits.DATABASE_LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: limits.DATABASE_STATEMENT_TIMEOUT_MS,
      query_timeout: limits.DATABASE_STATEMENT_TIMEOUT_MS + SILENCE_MS,
      idleTimeoutMillis: values.DATABASE_IDLE_TIMEOUT_MS,
      // Connections find their way to a new primary, and to a new password, within this time.
      maxLifetimeSeconds: values.DATABASE_LIFETIME_SECONDS,
      keepAlive: true,
    },
  };
}

/** How the migrator speaks to the database: with its own role where there is one, patient with long statements. */
export function migrationDataSourceOptions(): PostgresOptions {
  const values = databaseEnvironment.read();
  const limits = timeLimitsEnvironment.read();
  return {
    ...SHARED,
    ...connection(values, values.MIGRATION_DATABASE_URL ?? values.DATABASE_URL),
    applicationName: `${service.name}-migrator`,
    // One connection holds the lock, the other migrates.
    poolSize: 2,
    connectTimeoutMS: limits.DATABASE_CONNECT_TIMEOUT_MS,
    extra: {
      lock_timeout: limits.DATABASE_LOCK_TIMEOUT_MS,
      statement_timeout: 15 * 60_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  };
}

/** How probes speak to the database: as the service, on a connection of their own that answers soon or not at all. */
export function probeClientConfig(limitMs: number): ClientConfig {
  const values = databaseEnvironment.read();
  const { url, username, host, port, database, password, ssl } = connection(values, values.DATABASE_URL);
  return {
    ...(url ? { connectionString: url } : { user: username, host, port, database, password }),
    ssl,
    application_name: `${service.name}-probe`,
    connectionTimeoutMillis: limitMs,
    statement_timeout: limitMs,
    query_timeout: limitMs,
  };
}

type Connection = Pick<PostgresOptions, 'url' | 'host' | 'port' | 'database' | 'username' | 'password'> & {
  ssl: false | { rejectUnauthorized: true; ca?: string | string[] };
};

function connection(values: DatabaseValues, url: string | undefined): Connection {
  const ssl = tls(values);
  if (url) return { ssl, url };
  const password = access.password(values);
  return {
    ssl,
    host: values.DATABASE_HOST,
    port: values.DATABASE_PORT,
    database: values.DATABASE_NAME,
    username: values.DATABASE_USER,
    ...(password !== undefined && { password }),
  };
}

function tls(values: DatabaseValues): Connection['ssl'] {
  if (!usesTls(values)) return false;
  const ca = access.authorities(values);
  return {
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca: typeof ca === 'string' ? ca : [...ca] }),
  };
}
