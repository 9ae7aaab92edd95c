import { defineEnvironment } from '../config/environment';
import { integer, url, withDefault } from '../config/variables';

/** How to reach Redis, how long to wait for it, and for how long it may answer in place of the database. */
export const redisEnvironment = defineEnvironment({
  REDIS_URL: withDefault(url(['redis', 'rediss']), 'redis://127.0.0.1:6379'),
  REDIS_CONNECT_TIMEOUT_MS: withDefault(integer(10, 60_000), 1000),
  REDIS_COMMAND_TIMEOUT_MS: withDefault(integer(10, 10_000), 100),
  CACHE_TODO_TTL_SECONDS: withDefault(integer(1, 86_400), 60),
  CACHE_LIST_TTL_SECONDS: withDefault(integer(1, 86_400), 30),
});
