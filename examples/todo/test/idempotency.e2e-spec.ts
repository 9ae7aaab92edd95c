import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from './support/app';
import { ServiceProcess } from './support/child';
import { Client } from './support/client';
import { query } from './support/database';
import { HeaderIdentityResolver } from './support/header-identity-resolver';
import { until } from './support/until';

const MILK = { title: 'Buy milk', dueAt: '2030-01-31T09:00:00Z', completed: true };

describe('a repeated request', () => {
  let service: TestApp;
  let databaseUrl: string;
  let client: Client;
  let key: { 'idempotency-key': string };
  const titles = async () =>
    (await client.get('/v1/todos?limit=100')).body.items.map(
      ({ title }: { title: string }) => title,
    ) as string[];

  beforeAll(async () => {
    service = await startApp(
      { DATABASE_LOCK_TIMEOUT_MS: '300', IDEMPOTENCY_TTL_HOURS: '3' },
      HeaderIdentityResolver,
    );
    ({ databaseUrl } = service);
  });

  beforeEach(() => {
    client = new Client(service.url, { 'x-test-user': randomUUID() });
    key = { 'idempotency-key': randomUUID() };
  });

  afterAll(async () => {
    await service.close();
  });

  it('gets the first answer again, even when the todo has changed since', async () => {
    const first = await client.post('/v1/todos', MILK, key);
    expect(first).toMatchObject({ status: 201, body: { title: 'Buy milk', version: 1 } });
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    await client.patch(`/v1/todos/${first.body.id}`, { title: 'Buy oat milk' });
    const { dueAt, ...others } = MILK;
    const again = await client.post('/v1/todos', { dueAt, ...others }, key);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    for (const header of ['location', 'etag'])
      expect(again.headers.get(header)).toBe(first.headers.get(header));
    expect(await titles()).toEqual(['Buy oat milk']);
  });

  it('creates one todo when it comes twenty times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => client.post('/v1/todos', MILK, key)),
    );
    const created = answers.filter(({ status }) => status === 201);
    expect(created.length).toBeGreaterThan(0);
    expect(new Set(created.map(({ body }) => body.id as string)).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(answer).toMatchObject({ status: 409, type: 'application/problem+json' });
      expect(answer.headers.get('retry-after')).not.toBeNull();
    }
    expect(await titles()).toEqual(['Buy milk']);
  });

  it('is told to come back while the first one takes its time', async () => {
    await query(
      databaseUrl,
      `CREATE FUNCTION slow() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(1.5); RETURN NEW; END $$ LANGUAGE plpgsql`,
    );
    await query(
      databaseUrl,
      `CREATE TRIGGER slow BEFORE INSERT ON todos FOR EACH ROW WHEN (NEW.title = 'slow') EXECUTE FUNCTION slow()`,
    );
    const answers = await Promise.all(
      [1, 2].map(async () => client.post('/v1/todos', { title: 'slow' }, key)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await client.post('/v1/todos', { title: 'slow' }, key)).toMatchObject({ status: 201 });
    expect(await titles()).toEqual(['slow']);
  });

  it('is refused when it asks for something else', async () => {
    await client.post('/v1/todos', MILK, key);
    const other = await client.post('/v1/todos', { ...MILK, title: 'Buy bread' }, key);
    expect(other).toMatchObject({ status: 422, body: { type: 'urn:problem:idempotency-key-reused' } });
    expect(await titles()).toEqual(['Buy milk']);
  });

  it('is another one when another user sends it', async () => {
    const first = await client.post('/v1/todos', MILK, key);
    const stranger = new Client(service.url, { 'x-test-user': randomUUID() });
    const other = await stranger.post('/v1/todos', MILK, key);
    expect(other.status).toBe(201);
    expect(other.body.id).not.toBe(first.body.id);
    expect(other.headers.get('idempotency-replayed')).toBeNull();
  });

  it('may succeed where the first one failed', async () => {
    expect(await client.post('/v1/todos', { title: '' }, key)).toMatchObject({ status: 422 });
    await query(databaseUrl, 'ALTER TABLE todos RENAME TO hidden');
    try {
      expect(await client.post('/v1/todos', MILK, key)).toMatchObject({ status: 500 });
    } finally {
      await query(databaseUrl, 'ALTER TABLE hidden RENAME TO todos');
    }
    expect(await client.post('/v1/todos', MILK, key)).toMatchObject({ status: 201 });
  });

  it('is known for as many hours as the service is told', async () => {
    await client.post('/v1/todos', MILK, key);
    const rows = await query(
      databaseUrl,
      'SELECT round(extract(epoch FROM expires_at - now()) / 3600)::int AS hours FROM idempotency_keys WHERE key = $1',
      [key['idempotency-key']],
    );
    expect(rows).toEqual([{ hours: 3 }]);
  });

  it('is a new one once the key has expired', async () => {
    await client.post('/v1/todos', MILK, key);
    await query(
      databaseUrl,
      `UPDATE idempotency_keys SET expires_at = now() - interval '1 second' WHERE key = $1`,
      [key['idempotency-key']],
    );
    const again = await client.post('/v1/todos', { title: 'Buy bread' }, key);
    expect(again).toMatchObject({ status: 201, body: { title: 'Buy bread' } });
  });

  it('leaves a key that every instance removes in time once it has expired, and not before', async () => {
    const own = randomUUID();
    // More than one batch.
    await query(
      databaseUrl,
      `INSERT INTO idempotency_keys (user_id, key, fingerprint, expires_at)
       SELECT $1, n::text, '', now() + interval '1 second' * CASE WHEN n > 1500 THEN 3600 ELSE -1 END FROM generate_series(1, 1510) n`,
      [own],
    );
    const keys = async () =>
      (await query(databaseUrl, 'SELECT FROM idempotency_keys WHERE user_id = $1', [own])).length;
    const instance = await ServiceProcess.start({
      DATABASE_URL: databaseUrl,
      IDEMPOTENCY_PURGE_SECONDS: '1',
    });
    try {
      await until('the expired keys to be gone', async () => (await keys()) <= 10);
    } finally {
      await instance.stop();
    }
    expect(await keys()).toBe(10);
  });

  it.each(['', 'with space', 'x'.repeat(256), 'ä'])('is refused with the key %j', async (given) => {
    const answer = await client.post('/v1/todos', MILK, { 'idempotency-key': given });
    expect(answer).toMatchObject({ status: 400, type: 'application/problem+json' });
    expect(await titles()).toEqual([]);
  });
});
