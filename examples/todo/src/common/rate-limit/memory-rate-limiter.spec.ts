import { MemoryRateLimiter } from './memory-rate-limiter';

const original = process.env;

function limiterOf(requests: number, seconds: number): MemoryRateLimiter {
  process.env = { RATE_LIMIT_REQUESTS: String(requests), RATE_LIMIT_WINDOW_SECONDS: String(seconds) };
  return new MemoryRateLimiter();
}

describe('the limiter of one process', () => {
  let now = 1000;

  beforeEach(() => {
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    process.env = original;
  });

  it('counts each client until its window ends', async () => {
    const limiter = limiterOf(2, 10);
    const consume = async () => limiter.consume('a');
    expect(await consume()).toEqual({ allowed: true, limit: 2, remaining: 1, resetMs: 10_000 });
    now += 4000;
    expect(await consume()).toEqual({ allowed: true, limit: 2, remaining: 0, resetMs: 6000 });
    expect(await consume()).toMatchObject({ allowed: false, remaining: 0, resetMs: 6000 });
    expect(await limiter.consume('b')).toMatchObject({ allowed: true, remaining: 1 });
    now += 6000;
    expect(await consume()).toMatchObject({ allowed: true, remaining: 1, resetMs: 10_000 });
  });

  it('forgets who does not come back', async () => {
    const limiter = limiterOf(1, 10);
    for (let client = 0; client < 1000; client += 1) await limiter.consume(`a${client}`);
    expect(limiter.size).toBe(1000);
    now += 10_000;
    await limiter.consume('b');
    expect(limiter.size).toBe(1);
  });

  it('remembers a bounded number of clients, however many come, and the latest of them for sure', async () => {
    const limiter = limiterOf(1, 10);
    for (let client = 0; client < 1_000_000; client += 1) await limiter.consume(`a${client}`);
    expect(limiter.size).toBe(100_000);
    expect(await limiter.consume('a999999')).toMatchObject({ allowed: false });
    expect(await limiter.consume('a900001')).toMatchObject({ allowed: false });
    expect(limiter.size).toBe(100_000);
  });

  it('takes no longer for a client where it has had to forget many', async () => {
    const limiter = limiterOf(1, 10);
    const cpuOf = async (batch: number) => {
      const before = process.cpuUsage();
      for (let client = 0; client < 100_000; client += 1) await limiter.consume(`${batch}-${client}`);
      return process.cpuUsage(before).user;
    };
    const first = await cpuOf(0);
    for (let batch = 1; batch < 4; batch += 1) await cpuOf(batch);
    expect((await cpuOf(4)) / first).toBeLessThan(8);
  });

  it('lets nobody off who does not come from 100,000 addresses', async () => {
    const limiter = limiterOf(1, 10);
    for (let count = 0; count < 2; count += 1) await limiter.consume('greedy');
    for (let client = 1; client < 100_000; client += 1) await limiter.consume(`a${client}`);
    expect(await limiter.consume('greedy')).toMatchObject({ allowed: false });
    await limiter.consume('one more');
    expect(await limiter.consume('greedy')).toMatchObject({ allowed: true });
  });
});
