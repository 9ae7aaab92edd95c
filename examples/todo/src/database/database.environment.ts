import { readFileSync } from 'node:fs';
import { defineEnvironment } from '../config/environment';
import { service } from '../config/service';
import { isProduction } from '../config/runtime.environment';
import { integer, oneOf, optional, text, url, withDefault } from '../config/variables';

const { database, timeouts } = service;
const milliseconds = () => integer(1, 600_000);

/** How to reach the database: one URL, or its parts. */
export const databaseEnvironment = defineEnvironment(
  'Database',
  {
    DATABASE_URL: optional(
      url(['postgres', 'postgresql']),
      'where the database is; or its parts below',
      `postgres://${database.name}:password@127.0.0.1:5432/${database.name}`,
    ),
    DATABASE_HOST: optional(text(), 'its host', '127.0.0.1'),
    DATABASE_PORT: withDefault(integer(1, 65535), 5432, 'its port'),
    DATABASE_NAME: withDefault(text(), database.name, 'its name'),
    DATABASE_USER: withDefault(text(), database.name, 'the role of the service'),
    DATABASE_PASSWORD: optional(text(), 'the password of the role', 'password'),
    DATABASE_PASSWORD_FILE: optional(
      readableFile(),
      'a file with the password, read for every new connection, so that it can be rotated',
      '/run/secrets/database-password',
    ),
    MIGRATION_DATABASE_URL: optional(
      url(['postgres', 'postgresql']),
      'the URL for migrations, where these have a role of their own',
      `postgres://${database.name}_owner:password@127.0.0.1:5432/${database.name}`,
    ),
    DATABASE_APP_USER: optional(
      text(),
      'the role of the service, to which the migrator gives rights to rows; without it the service uses that of the migrator',
      `${database.name}_app`,
    ),
    DATABASE_APP_MEMBER_OF: optional(
      text(),
      'the role that it is made a member of, where the server lets its members log in without a password',
      'logs_in_elsewhere',
    ),
    DATABASE_TLS: optional(
      oneOf(['disable', 'verify']),
      'verify: TLS with a verified certificate, as in production; or disable, as elsewhere',
      'disable',
    ),
    DATABASE_TLS_CA_FILE: optional(
      readableFile(),
      'the certificates to trust, where the system does not know them',
      '/etc/ssl/rds.pem',
    ),
    DATABASE_POOL_SIZE: withDefault(integer(1, 500), database.poolSize, 'connections of one instance'),
    DATABASE_IDLE_TIMEOUT_MS: withDefault(
      milliseconds(),
      timeouts.idleMs,
      'how long the pool keeps an idle connection',
    ),
    DATABASE_LIFETIME_SECONDS: withDefault(
      integer(1, 86_400),
      1800,
      'how long the pool keeps any connection, so that all find their way to a new primary',
    ),
    DATABASE_SLOW_QUERY_MS: withDefault(milliseconds(), 500, 'queries that take longer are logged'),
  },
  (values) => {
    const { DATABASE_URL, DATABASE_HOST, DATABASE_PASSWORD, DATABASE_PASSWORD_FILE } = values;
    const problems: string[] = [];
    if (!DATABASE_URL && !DATABASE_HOST)
      problems.push('DATABASE_URL: is required, or DATABASE_HOST with its companions');
    if (DATABASE_PASSWORD_FILE && (DATABASE_URL || DATABASE_PASSWORD))
      problems.push(
        'DATABASE_PASSWORD_FILE: goes with DATABASE_HOST, without DATABASE_URL and DATABASE_PASSWORD',
      );
    if (values.DATABASE_TLS_CA_FILE && !usesTls(values))
      problems.push('DATABASE_TLS: must be verify to use DATABASE_TLS_CA_FILE');
    if (values.DATABASE_APP_MEMBER_OF && !values.DATABASE_APP_USER)
      problems.push('DATABASE_APP_USER: is required with DATABASE_APP_MEMBER_OF');
    for (const name of ['DATABASE_URL', 'MIGRATION_DATABASE_URL'] as const) {
      if (hasTlsParameter(values[name]))
        problems.push(`${name}: must not say ssl…=…, for DATABASE_TLS and DATABASE_TLS_CA_FILE say it`);
    }
    return problems;
  },
);

/** Whether connections are encrypted, to a server whose certificate is verified: in production, unless said otherwise. */
export function usesTls({ DATABASE_TLS }: { DATABASE_TLS?: string | undefined }): boolean {
  return DATABASE_TLS ? DATABASE_TLS === 'verify' : isProduction();
}

/** The driver would believe the URL and not the options: a certificate would not be verified, and nobody would know. */
function hasTlsParameter(value: string | undefined): boolean {
  return (
    value !== undefined && [...new URL(value).searchParams.keys()].some((name) => name.startsWith('ssl'))
  );
}

function readableFile() {
  return text().refine(isReadable, 'must be the path of a file that can be read');
}

function isReadable(path: string): boolean {
  try {
    readFileSync(path);
    return true;
  } catch {
    return false;
  }
}
