// @ts-check
// Redis, so that its metrics have values.
import { Redis } from 'ioredis';
import { chooseBackend, startRedis } from '../../../../test/redis/redis-server.mjs';

const SILENT_MS = 1000;

export async function start() {
  const redis = await startRedis(chooseBackend());
  return { environment: { REDIS_URL: redis.url }, disturb: async () => silence(redis.url), stop: redis.stop };
}

/**
 * Answers nobody for a while: commands fail.
 *
 * @param {string} url
 */
async function silence(url) {
  const client = new Redis(url);
  await client.call('CLIENT', 'PAUSE', SILENT_MS, 'ALL');
  client.disconnect();
}
