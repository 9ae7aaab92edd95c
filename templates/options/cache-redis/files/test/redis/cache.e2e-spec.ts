import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Identity, IdentityResolver } from '../../src/common/identity/identity';
import { startApp, type TestApp } from '../support/app';
import { Client } from '../support/client';
import { createDatabase, query } from '../support/database';
import { metric } from '../support/metrics';
import { describeWithRedis, type RedisServer, startTestRedis } from './redis';

@Injectable()
class HeaderIdentityResolver extends IdentityResolver {
  override resolve(request: IncomingMessage): Identity {
    return { userId: String(request.headers['x-test-user']) };
  }
}

describeWithRedis('reads through the cache', () => {
  let redis: RedisServer;
  let keys: Redis;
  let databaseUrl: string;
  let service: TestApp;
  let other: TestApp;
  let user = 0;
  let client: Client;

  const start = async (environment: Readonly<Record<string, string>>) =>
    startApp({ REDIS_URL: redis.url, DATABASE_URL: databaseUrl, ...environment }, HeaderIdentityResolver);
  const as = (name: string, { url }: TestApp = service) => new Client(url, { 'x-test-user': name });
  const create = async (title: string): Promise<string> => {
    const { status, body } = await client.post('/v1/todos', { title });
    expect(status).toBe(201);
    return (body as { id: string }).id;
  };
  /** What the service can not know of: an answer without it came from the cache. */
  const changeBehindItsBack = async (id: string) =>
    query(databaseUrl, `UPDATE todos SET title = 'changed' WHERE id = $1`, [id]);
  const titleOf = async (id: string, reader = client) => {
    const { status, body } = await reader.get(`/v1/todos/${id}`);
    expect(status).toBe(200);
    return (body as { title: string }).title;
  };
  const titles = async (path = '/v1/todos', reader = client) => {
    const { status, body } = await reader.get(path);
    expect(status).toBe(200);
    return (body as { items: { title: string }[] }).items.map(({ title }) => title);
  };

  beforeAll(async () => {
    redis = await startTestRedis();
    keys = new Redis(redis.url);
    databaseUrl = await createDatabase();
    service = await start({});
    other = await start({ CACHE_TODO_TTL_SECONDS: '1', CACHE_LIST_TTL_SECONDS: '1' });
  });

  afterAll(async () => {
    await service.close();
    await other.close();
    await keys.quit();
    await redis.stop();
  });

  beforeEach(async () => {
    client = as(`user-${(user += 1)}`);
    await keys.flushall();
  });

  it('answers for a todo, with the same body', async () => {
    const id = await create('one');
    const missed = await client.get(`/v1/todos/${id}`);
    await changeBehindItsBack(id);
    expect((await client.get(`/v1/todos/${id}`)).body).toEqual(missed.body);
  });

  it('answers for a list, with the same body', async () => {
    const id = await create('one');
    const missed = await client.get('/v1/todos?limit=5&completed=false');
    await changeBehindItsBack(id);
    expect((await client.get('/v1/todos?limit=5&completed=false')).body).toEqual(missed.body);
    expect(await titles('/v1/todos?limit=5')).toEqual(['changed']);
  });

  it('shows a created, changed, completed and deleted todo at once, in lists and by itself', async () => {
    expect(await titles()).toEqual([]);
    const id = await create('one');
    expect(await titles()).toEqual(['one']);
    expect(await titleOf(id)).toBe('one');

    await create('two');
    expect(await titles()).toEqual(['two', 'one']);

    await client.patch(`/v1/todos/${id}`, { title: 'first' });
    expect(await titleOf(id)).toBe('first');
    expect(await titles()).toEqual(['two', 'first']);

    expect(await titles('/v1/todos?completed=true')).toEqual([]);
    await client.patch(`/v1/todos/${id}`, { completed: true });
    expect(await titles('/v1/todos?completed=true')).toEqual(['first']);
    expect(await titles('/v1/todos?completed=false')).toEqual(['two']);

    await client.delete(`/v1/todos/${id}`);
    expect(await client.get(`/v1/todos/${id}`)).toMatchObject({ status: 404 });
    expect(await titles()).toEqual(['two']);
  });

  it('shows what one instance writes at once on another', async () => {
    const id = await create('one');
    const elsewhere = as(`user-${user}`, other);
    expect(await titleOf(id, elsewhere)).toBe('one');
    expect(await titles('/v1/todos', elsewhere)).toEqual(['one']);
    await client.patch(`/v1/todos/${id}`, { title: 'two' });
    expect(await titleOf(id, elsewhere)).toBe('two');
    expect(await titles('/v1/todos', elsewhere)).toEqual(['two']);
  });

  it('never answers one user with what belongs to another', async () => {
    const id = await create('mine');
    expect(await titleOf(id)).toBe('mine');
    expect(await titles()).toEqual(['mine']);
    const stranger = as('stranger');
    expect(await stranger.get(`/v1/todos/${id}`)).toMatchObject({ status: 404 });
    expect(await stranger.patch(`/v1/todos/${id}`, { title: 'theirs' })).toMatchObject({ status: 404 });
    expect(await stranger.delete(`/v1/todos/${id}`)).toMatchObject({ status: 404 });
    expect(await titles('/v1/todos', stranger)).toEqual([]);
    expect(await titleOf(id)).toBe('mine');
  });

  it('keeps nothing for longer than its time to live', async () => {
    const elsewhere = as(`user-${user}`, other);
    const id = await create('one');
    expect(await titleOf(id, elsewhere)).toBe('one');
    await changeBehindItsBack(id);
    await delay(1100);
    expect(await titleOf(id, elsewhere)).toBe('changed');
    for (const key of await keys.keys('*')) expect(await keys.ttl(key)).toBeGreaterThan(0);
  });

  it('lets no client fill it: searches, later pages and what does not exist are not kept', async () => {
    await create('one');
    await create('two');
    const { body } = await client.get('/v1/todos?limit=1');
    const { nextCursor } = body as { nextCursor: string };
    const before = await keys.dbsize();
    await client.get(`/v1/todos?limit=1&cursor=${nextCursor}`);
    for (let search = 0; search < 10; search += 1) await client.get(`/v1/todos?q=word${search}`);
    await client.get('/v1/todos/01890a5d-ac96-774b-bcce-b302099a8057');
    expect(await keys.dbsize()).toBe(before);
  });

  it('keeps ids of users out of the keys', async () => {
    client = as('ada@example.com');
    await titleOf(await create('one'));
    const all = await keys.keys('*');
    expect(all.length).toBeGreaterThan(1);
    // The whole id: a few letters of it may stand in a random key.
    expect(all.join()).not.toContain('ada@example.com');
  });

  it('counts hits and misses, and says that it is there', async () => {
    const count = async (result: string) =>
      metric(service.managementUrl, 'cache_requests_total', { operation: 'get', result });
    const before = { hit: await count('hit'), miss: await count('miss') };
    const id = await create('one');
    for (let read = 0; read < 3; read += 1) await titleOf(id);
    expect(await count('miss')).toBe(before.miss + 1);
    expect(await count('hit')).toBe(before.hit + 2);
    expect(await metric(service.managementUrl, 'redis_up')).toBe(1);
    const commands = { operation: 'read', outcome: 'ok' };
    expect(
      await metric(service.managementUrl, 'redis_command_duration_seconds_count', commands),
    ).toBeGreaterThan(0);
    const ready = await fetch(`${service.managementUrl}/health/ready`);
    expect(await ready.json()).toMatchObject({ checks: { redis: { critical: false, status: 'up' } } });
  });
});
