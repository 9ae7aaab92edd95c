import { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import { runToEnd, ServiceProcess } from '../support/child';
import { type Answer, Client } from '../support/client';
import { createDatabase } from '../support/database';
import { metric } from '../support/metrics';
import { TcpProxy } from '../support/tcp-proxy';
import { until } from '../support/until';
import { describeWithRedis, type RedisServer, startTestRedis } from './redis';

const LIMIT = 10;
/** Some command timeouts, and room for a busy machine. */
const BOUND_MS = 1500;

describeWithRedis('without Redis, and with it again', () => {
  let redis: RedisServer;
  let line: TcpProxy;
  let databaseUrl: string;
  let first: ServiceProcess;
  let second: ServiceProcess;
  let address = 0;

  const start = async () =>
    ServiceProcess.start({
      REDIS_URL: line.url,
      DATABASE_URL: databaseUrl,
      RATE_LIMIT_REQUESTS: String(LIMIT),
      TRUSTED_PROXIES: '1',
    });
  /** A client of its own address, which has not used its limit. */
  const newAddress = () => ({ 'x-forwarded-for': `10.0.${(address += 1) >> 8}.${address & 255}` });
  const read = async (service: ServiceProcess, path: string) =>
    new Client(service.url).get(path, newAddress());
  const isUp = async ({ managementUrl }: ServiceProcess) => (await metric(managementUrl, 'redis_up')) === 1;
  const bothAre = async (state: boolean) =>
    until(`redis_up to be ${Number(state)}`, async () =>
      (await Promise.all([first, second].map(isUp))).every((up) => up === state),
    );
  const logged = (service: ServiceProcess, text: string) =>
    service.logs().filter(({ msg }) => String(msg).startsWith(text)).length;
  const statusesOfOneClient = async (requests: number) => {
    const headers = newAddress();
    const statuses: number[] = [];
    for (let request = 0; request < requests; request += 1) {
      const { url } = request % 2 ? first : second;
      statuses.push((await new Client(url).get('/version', headers)).status);
    }
    return statuses;
  };
  const create = async (title: string): Promise<string> => {
    const { body } = await new Client(first.url, newAddress()).post('/v1/todos', { title });
    return `/v1/todos/${(body as { id: string }).id}`;
  };
  const titleIn = ({ body }: Answer) => (body as { title: string }).title;
  /** Reads in turn from both while something happens. Resolves with what was answered and the longest wait. */
  const readDuring = async (path: string, event: () => Promise<unknown>) => {
    const statuses = new Set<number>();
    let longest = 0;
    let over = false;
    const reader = async (service: ServiceProcess) => {
      while (!over) {
        const begin = performance.now();
        statuses.add((await read(service, path)).status);
        longest = Math.max(longest, performance.now() - begin);
      }
    };
    const readers = [first, second, first, second].map(reader);
    await event();
    over = true;
    await Promise.all(readers);
    return { statuses: [...statuses], longest };
  };

  beforeAll(async () => {
    redis = await startTestRedis();
    line = await TcpProxy.to(redis.url);
    databaseUrl = await createDatabase();
    [first, second] = await Promise.all([start(), start()]);
    await bothAre(true);
  });

  afterAll(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await line.cut();
    await redis.stop();
  });

  it('grants the limit once for all instances', async () => {
    const statuses = await statusesOfOneClient(LIMIT + 2);
    expect(statuses.filter((status) => status === 200)).toHaveLength(LIMIT);
    expect(statuses.slice(LIMIT)).toEqual([429, 429]);
  });

  it('serves every request when Redis goes, in time, and says so once', async () => {
    const path = await create('one');
    const { statuses, longest } = await readDuring(path, async () => {
      await delay(300);
      await line.cut();
      await delay(1500);
    });
    expect(statuses).toEqual([200]);
    expect(longest).toBeLessThan(BOUND_MS);
    await bothAre(false);
    for (const service of [first, second]) {
      expect(logged(service, 'Redis is not connected')).toBe(1);
      const ready = await fetch(`${service.managementUrl}/health/ready`);
      expect(ready.status).toBe(200);
      expect(await ready.json()).toMatchObject({
        status: 'ready',
        checks: { redis: { critical: false, status: 'down' } },
      });
      expect(
        await metric(service.managementUrl, 'rate_limit_checks_total', { store: 'memory' }),
      ).toBeGreaterThan(0);
    }
  });

  it('limits each instance by itself meanwhile', async () => {
    const statuses = await statusesOfOneClient(2 * LIMIT + 2);
    expect(statuses.slice(0, 2 * LIMIT)).toEqual(Array(2 * LIMIT).fill(200));
    expect(statuses.slice(2 * LIMIT)).toEqual([429, 429]);
  });

  it('uses Redis again without a restart, and serves nothing from before the outage', async () => {
    await line.restore();
    await bothAre(true);
    const path = await create('before');
    expect(titleIn(await read(second, path))).toBe('before');
    await line.cut();
    await bothAre(false);
    await new Client(first.url, newAddress()).patch(path, { title: 'during' });
    await line.restore();
    await bothAre(true);
    await until('the change to be seen', async () => titleIn(await read(second, path)) === 'during');

    const hits = async () =>
      metric(second.managementUrl, 'cache_requests_total', { operation: 'get', result: 'hit' });
    const before = await hits();
    await read(second, path);
    expect(await hits()).toBe(before + 1);
    const statuses = await statusesOfOneClient(LIMIT + 2);
    expect(statuses.slice(LIMIT)).toEqual([429, 429]);
    expect(logged(first, 'Redis is connected')).toBe(3);
  });

  it('serves every request while Redis takes commands and does not answer', async () => {
    const path = await create('one');
    const operator = new Redis(redis.url);
    const { statuses, longest } = await readDuring(path, async () => {
      await delay(200);
      await operator.client('PAUSE', 2000, 'ALL');
      await delay(2000);
    });
    expect(statuses).toEqual([200]);
    expect(longest).toBeLessThan(BOUND_MS);
    await bothAre(true);
    await operator.quit();
  });

  it('stops cleanly with Redis and without', async () => {
    const [connected, cutOff] = await Promise.all([start(), start()]);
    connected.signal('SIGTERM');
    expect(await connected.ended()).toBe(0);
    await line.cut();
    cutOff.signal('SIGTERM');
    expect(await cutOff.ended()).toBe(0);
    await line.restore();
  });

  it('starts without Redis', async () => {
    await line.cut();
    const service = await start();
    expect((await read(service, '/v1/todos')).status).toBe(200);
    await line.restore();
    await until('redis_up to be 1', async () => isUp(service));
    await service.stop();
  });

  it('does not start with a REDIS_URL that is none', async () => {
    const { status, output } = await runToEnd('dist/main.js', [], {
      DATABASE_URL: databaseUrl,
      REDIS_URL: 'https://redis.example.com',
    });
    expect(status).toBe(1);
    expect(output).toContain('REDIS_URL: must be a URL that starts with redis:// or rediss://');
  });
});
