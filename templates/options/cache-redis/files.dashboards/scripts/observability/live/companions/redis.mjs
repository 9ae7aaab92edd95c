// @ts-check
// Redis, so that its metrics have values.
import { chooseBackend, startRedis } from '../../../../test/redis/redis-server.mjs';

export async function start() {
  const redis = await startRedis(chooseBackend());
  return { environment: { REDIS_URL: redis.url }, stop: redis.stop };
}
