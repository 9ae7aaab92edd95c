import type { EnvVariable, ServiceNames } from 'create-prod-forge/feature';

type Row = readonly [name: string, description: string, value?: { default: string } | { example: string }];

/** The variables of the service, for `.env.example`; a test of the rendered project compares them with the code. */
export function environment({ database }: ServiceNames): readonly EnvVariable[] {
  const sections: Readonly<Record<string, readonly Row[]>> = {
    Process: [
      ['NODE_ENV', 'development, test or production', { default: 'development' }],
      [
        'ENVIRONMENT',
        'the name in logs and metrics, e.g. staging; without it NODE_ENV',
        { example: 'staging' },
      ],
      ['BUILD_COMMIT', 'the commit that is running; the image sets it', { default: 'unknown' }],
      ['BUILD_TIME', 'when it was built; the image sets it', { default: 'unknown' }],
      ['LOG_LEVEL', 'fatal, error, warn, info, debug, trace or silent', { default: 'info' }],
    ],
    HTTP: [
      ['HOST', 'where both listeners listen; 127.0.0.1, in production 0.0.0.0', { example: '127.0.0.1' }],
      ['PORT', 'the public listener', { default: '3000' }],
      ['MANAGEMENT_PORT', 'probes and metrics; no balancer exposes it', { default: '9000' }],
      [
        'TRUSTED_PROXIES',
        'how many proxies before the service add to X-Forwarded-For; required in production',
        { example: '0' },
      ],
      ['CORS_ORIGINS', 'the origins whose pages may call the API, separated by commas', { default: '' }],
      ['BODY_LIMIT_BYTES', 'the largest body of a request', { default: '102400' }],
      [
        'REQUEST_TIMEOUT_MS',
        'how long a request may take before it is given up; longer than to connect and a statement together',
        { default: '10000' },
      ],
      [
        'BALANCER_IDLE_TIMEOUT_MS',
        'how long the balancer before the service waits for it; longer than a request may take',
        { default: '60000' },
      ],
      [
        'KEEP_ALIVE_TIMEOUT_MS',
        'how long an idle connection is kept; longer than the balancer keeps it',
        { default: '65000' },
      ],
      [
        'HEADERS_TIMEOUT_MS',
        'how long a new connection may be silent, and headers take to arrive; longer than an idle one is kept',
        { default: '66000' },
      ],
      [
        'RATE_LIMIT_REQUESTS',
        'requests of a client per window; 0 switches the limit off',
        { default: '600' },
      ],
      ['RATE_LIMIT_WINDOW_SECONDS', 'the length of the window', { default: '60' }],
    ],
    Overload: [
      [
        'OVERLOAD_EVENT_LOOP_DELAY_MS',
        'how late the event loop may be on average before requests are refused; 0 switches it off',
        { default: '250' },
      ],
      [
        'OVERLOAD_POOL_WAITING',
        'how many requests may wait for a connection before others are refused; 0 switches it off',
        { default: '30' },
      ],
    ],
    Identity: [
      [
        'ALLOW_ANONYMOUS',
        'has to be true in production as long as the service has no authentication',
        { default: 'false' },
      ],
    ],
    Requests: [
      ['REQUIRE_IF_MATCH', 'whether changes must carry If-Match', { default: 'false' }],
      ['IDEMPOTENCY_TTL_HOURS', 'how long an Idempotency-Key is remembered', { default: '24' }],
      [
        'IDEMPOTENCY_PURGE_SECONDS',
        'how often each instance removes those that are older',
        { default: '600' },
      ],
    ],
    Shutdown: [
      ['DRAIN_MS', 'how long a stopping instance still takes requests', { default: '5000' }],
      [
        'SHUTDOWN_MS',
        'how long stopping may take; longer than the drain and a request together',
        { default: '25000' },
      ],
    ],
    Database: [
      [
        'DATABASE_URL',
        'where the database is; or its parts below',
        { example: `postgres://${database}:password@127.0.0.1:5432/${database}` },
      ],
      ['DATABASE_HOST', 'its host', { example: '127.0.0.1' }],
      ['DATABASE_PORT', 'its port', { default: '5432' }],
      ['DATABASE_NAME', 'its name', { default: database }],
      ['DATABASE_USER', 'the role of the service', { default: database }],
      ['DATABASE_PASSWORD', 'the password of the role', { example: 'password' }],
      [
        'DATABASE_PASSWORD_FILE',
        'a file with the password, read for every new connection, so that it can be rotated',
        { example: '/run/secrets/database-password' },
      ],
      [
        'MIGRATION_DATABASE_URL',
        'the URL for migrations, where these have a role of their own',
        { example: `postgres://${database}_owner:password@127.0.0.1:5432/${database}` },
      ],
      [
        'DATABASE_APP_USER',
        'the role of the service, to which the migrator gives rights to rows; without it the service uses that of the migrator',
        { example: `${database}_app` },
      ],
      [
        'DATABASE_APP_MEMBER_OF',
        'the role that it is made a member of, where the server lets its members log in without a password',
        { example: 'logs_in_elsewhere' },
      ],
      [
        'DATABASE_TLS',
        'verify: TLS with a verified certificate, as in production; or disable, as elsewhere',
        { example: 'disable' },
      ],
      [
        'DATABASE_TLS_CA_FILE',
        'the certificates to trust, where the system does not know them',
        { example: '/etc/ssl/rds.pem' },
      ],
      ['DATABASE_POOL_SIZE', 'connections of one instance', { default: '10' }],
      ['DATABASE_CONNECT_TIMEOUT_MS', 'how long a request waits for a connection', { default: '2000' }],
      ['DATABASE_STATEMENT_TIMEOUT_MS', 'how long a statement may run', { default: '5000' }],
      ['DATABASE_IDLE_TIMEOUT_MS', 'how long the pool keeps an idle connection', { default: '30000' }],
      [
        'DATABASE_LIFETIME_SECONDS',
        'how long the pool keeps any connection, so that all find their way to a new primary',
        { default: '1800' },
      ],
      [
        'DATABASE_LOCK_TIMEOUT_MS',
        'how long a statement waits for a lock; shorter than it may run',
        { default: '2000' },
      ],
      ['DATABASE_SLOW_QUERY_MS', 'queries that take longer are logged', { default: '500' }],
    ],
  };
  return Object.entries(sections).flatMap(([section, rows]) =>
    rows.map(([name, description, value]) => ({ section, name, description, ...value })),
  );
}
