import { defineEnvironment } from '../config/environment';
import { integer, url, withDefault } from '../config/variables';

/** How to reach Redis, how long to wait for it, and for how long it may answer in place of the database. */
export const redisEnvironment = defineEnvironment('Redis', {
  REDIS_URL: withDefault(
    url(['redis', 'rediss']),
    'redis://127.0.0.1:6379',
    'where Redis is, with user and password where it asks for them; rediss:// for TLS',
  ),
  REDIS_CONNECT_TIMEOUT_MS: withDefault(integer(10, 60_000), 1000, 'how long an attempt to connect may take'),
  REDIS_COMMAND_TIMEOUT_MS: withDefault(
    integer(10, 10_000),
    100,
    'how long a request waits for Redis before it goes on without it',
  ),
  CACHE_TODO_TTL_SECONDS: withDefault(integer(1, 86_400), 60, 'how long a todo stays in the cache at most'),
  CACHE_LIST_TTL_SECONDS: withDefault(
    integer(1, 86_400),
    30,
    'how long the first page of a list stays in the cache at most',
  ),
});
