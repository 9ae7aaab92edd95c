import type { KeySpace } from './key-space';
import type { RedisConnection } from './redis-connection';
import type { RedisMetrics } from './redis-metrics';
import { type CachedRead, UserCache } from './user-cache';

/** What the cache uses of Redis, in memory. */
class FakeRedis {
  readonly values = new Map<string, string>();
  isReady = true;
  private listeners: (() => void)[] = [];

  onReady(listener: () => void): void {
    this.listeners.push(listener);
  }

  comeBack(): void {
    this.isReady = true;
    for (const listener of this.listeners) listener();
  }

  async run<T>(_operation: string, command: (client: unknown) => Promise<T>): Promise<T> {
    if (!this.isReady) throw new Error('Redis is not connected');
    return command({
      mget: async (...keys: string[]) => Promise.resolve(keys.map((key) => this.values.get(key) ?? null)),
      set: async (key: string, value: string, _ex: 'EX', _ttl: number, condition?: 'NX') => {
        if (condition === 'NX' && this.values.has(key)) return Promise.resolve(null);
        this.values.set(key, value);
        return Promise.resolve('OK');
      },
    });
  }
}

describe('UserCache', () => {
  let redis: FakeRedis;
  let results: string[];
  let cache: UserCache;

  beforeEach(() => {
    redis = new FakeRedis();
    results = [];
    const keys = { userKey: (...parts: string[]) => parts.join(':') };
    const metrics = {
      cacheRead: (_operation: string, result: string) => results.push(result),
      cacheInvalidated: (result: string) => results.push(`invalidated ${result}`),
    };
    cache = new UserCache(
      redis as unknown as RedisConnection,
      keys as unknown as KeySpace,
      metrics as unknown as RedisMetrics,
    );
  });

  const reading = (load: () => Promise<number | null>, userId = 'ada'): CachedRead<number> => ({
    operation: 'get',
    userId,
    name: 'answer',
    ttlSeconds: 60,
    load,
    revive: Number,
  });
  const read = async (value: number | null, userId?: string) =>
    cache.read(reading(async () => Promise.resolve(value), userId));

  it('loads what is missing, and then remembers it', async () => {
    expect([await read(1), await read(2)]).toEqual([1, 1]);
    expect(results).toEqual(['miss', 'hit']);
  });

  it('remembers nothing across users', async () => {
    expect([await read(1, 'ada'), await read(2, 'bob')]).toEqual([1, 2]);
  });

  it('does not remember that there is nothing', async () => {
    expect([await read(null), await read(2)]).toEqual([null, 2]);
  });

  it('forgets what was read before an invalidation', async () => {
    await read(1);
    await cache.invalidate('ada');
    expect(await read(2)).toBe(2);
  });

  it('forgets what a slow reader stores after an invalidation', async () => {
    let finish: (value: number) => void = () => undefined;
    const slow = cache.read(reading(async () => new Promise((resolve) => (finish = resolve))));
    await new Promise(setImmediate);
    await cache.invalidate('ada');
    finish(1);
    expect(await slow).toBe(1);
    expect(await read(2)).toBe(2);
  });

  it('loads once for many readers', async () => {
    const load = jest.fn(async () => Promise.resolve(1));
    const values = await Promise.all([1, 2, 3].map(async () => cache.read(reading(load))));
    expect(values).toEqual([1, 1, 1]);
    // The first reader begins the generation; one that comes at the same moment may have to go without the cache.
    expect(load.mock.calls.length).toBeLessThan(4);
    await cache.invalidate('ada');
    load.mockClear();
    await Promise.all([1, 2, 3].map(async () => cache.read(reading(load))));
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('fails where loading fails, and tries again', async () => {
    const failing = reading(async () => Promise.reject(new Error('no database')));
    await expect(cache.read(failing)).rejects.toThrow('no database');
    expect(await read(2)).toBe(2);
  });

  it('takes a value that it does not understand for an error, and loads', async () => {
    await read(1);
    redis.values.set('ada:answer', '{');
    expect(await read(2)).toBe(2);
    expect(results.at(-1)).toBe('error');
  });

  it('loads while Redis is away', async () => {
    redis.isReady = false;
    expect([await read(1), await read(2)]).toEqual([1, 2]);
    expect(results).toEqual(['error', 'error']);
  });

  it('makes up for an invalidation that an outage has swallowed', async () => {
    await read(1);
    redis.isReady = false;
    await cache.invalidate('ada');
    redis.comeBack();
    await new Promise(setImmediate);
    expect(results.at(-1)).toBe('invalidated ok');
    expect(await read(2)).toBe(2);
  });

  it('invalidates again before it reads, where the last invalidation failed', async () => {
    await read(1);
    redis.isReady = false;
    await cache.invalidate('ada');
    redis.isReady = true;
    expect(await read(2)).toBe(2);
  });
});
