import { defineFeature } from 'create-prod-forge/feature';

export default defineFeature({
  title: 'Redis',
  summary: 'cached reads and a rate limit that all instances share; the service goes on without it',
  group: { id: 'cache', title: 'Cache and shared rate limit' },
  option: 'redis',
  presets: ['full'],
  contribute: () => ({
    packageJson: {
      scripts: { 'test:redis': 'node scripts/test-redis.mjs' },
      knip: { ignoreBinaries: ['redis-server'] },
    },
    nestModules: [{ symbol: 'RedisModule', from: './redis/redis.module' }],
    nestProviders: [
      {
        provide: 'TodosRepository',
        useClass: 'CachedTodosRepository',
        from: './redis/cached-todos.repository',
      },
      { provide: 'RateLimiter', useClass: 'RedisRateLimiter', from: './redis/redis-rate-limiter' },
    ],
    compose: {
      services: {
        api: {
          environment: { REDIS_URL: 'redis://redis:6379' },
          depends_on: { redis: { condition: 'service_healthy' } },
        },
        redis: {
          image: 'redis:8-alpine',
          user: 'redis',
          command: 'redis-server --save "" --appendonly no --maxmemory 64mb --maxmemory-policy allkeys-lru',
          healthcheck: {
            test: ['CMD', 'redis-cli', 'ping'],
            interval: '2s',
            timeout: '2s',
            retries: 15,
          },
          read_only: true,
          cap_drop: ['ALL'],
          security_opt: ['no-new-privileges:true'],
        },
      },
    },
    dashboards: [
      {
        uid: 'redis',
        title: 'Redis',
        question:
          'Does the cache spare the database, and does the rate limit count for all instances together?',
      },
    ],
    alerts: [
      {
        name: 'RedisUnreachable',
        severity: 'ticket',
        when: 'no instance is connected to Redis for 5 minutes',
        runbook: 'redis-unreachable',
      },
      {
        name: 'CacheHardlyHits',
        severity: 'ticket',
        when: 'less than 10 % of the reads of a todo hit the cache for an hour',
        runbook: 'redis-unreachable',
      },
    ],
    adrs: [
      {
        slug: 'redis-cache',
        title: 'Redis as a cache that may be missing',
        decision:
          'Reads are cached by user, under a generation that every write renews; ioredis fails fast, and without Redis the database answers.',
      },
    ],
    troubleshooting: [
      {
        error: 'Redis is not connected: the service goes on without it',
        cause:
          'The instance lost its connection to Redis, or never had one. Reads go to the database, and each instance grants the rate limit by itself.',
        remedy:
          'Look at `err` in that log line and at `REDIS_URL`. The service keeps trying and logs `Redis is connected` when it succeeds: a restart changes nothing.',
      },
      {
        error: 'REDIS_URL: must be a URL that starts with redis:// or rediss://',
        cause: 'The variable holds something else, often a host name alone.',
        remedy: 'Write `redis://host:6379`, or `rediss://` for TLS, or leave it out for a local Redis.',
      },
      {
        error: 'WRONGPASS invalid username-password pair or user is disabled.',
        cause: 'Redis refuses the user or the password in `REDIS_URL`.',
        remedy: 'Write them as `redis://user:password@host:6379`, each URL-encoded.',
      },
      {
        error: 'Command timed out',
        cause:
          'Redis did not answer within `REDIS_COMMAND_TIMEOUT_MS`. After three in a row the service connects anew.',
        remedy:
          'Compare `redis_command_duration_seconds` with the limit: a Redis in another zone or a slow command on it may need a longer one.',
      },
    ],
  }),
});
