import { startApp, type TestApp } from './support/app';
import { type Answer, Client } from './support/client';
import { HeaderIdentityResolver } from './support/header-identity-resolver';

const PROBLEM = 'application/problem+json';

describe('conditional requests', () => {
  let service: TestApp;
  let client: Client;
  let path: string;

  beforeAll(async () => {
    service = await startApp({}, HeaderIdentityResolver);
    client = new Client(service.url, { 'x-test-user': 'owner' });
  });

  beforeEach(async () => {
    path = `/v1/todos/${(await client.post('/v1/todos', { title: 'Buy milk' })).body.id}`;
  });

  afterAll(async () => {
    await service.close();
  });

  it('change the version that they name, and say which one came of it', async () => {
    const changed = await client.patch(path, { title: 'Buy oat milk' }, { 'if-match': '"1"' });
    expect(changed).toMatchObject({ status: 200, body: { version: 2 } });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await client.get(path)).headers.get('etag')).toBe('"2"');
    expect(await client.delete(path, { 'if-match': '"2"' })).toMatchObject({ status: 204 });
  });

  it.each(['"1"', 'W/"2"', '"of-another-service"', '"1", "3"'])(
    'refuse to overwrite what has changed since: If-Match %s',
    async (ifMatch) => {
      const { body } = await client.patch(path, { completed: true });
      const headers = { 'if-match': ifMatch };
      for (const answer of [
        await client.patch(path, { title: 'lost update' }, headers),
        await client.patch(path, {}, headers),
        await client.delete(path, headers),
      ]) {
        expect(answer).toMatchObject({ status: 412, type: PROBLEM });
      }
      expect((await client.get(path)).body).toEqual(body);
    },
  );

  it('let exactly one of many writers win that start from the same version', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, async (_, writer) =>
        client.patch(path, { title: `writer ${writer}` }, { 'if-match': '"1"' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(412)]);
    expect((await client.get(path)).body.version).toBe(2);
  });

  it('take * for any version, and a list for each of its versions', async () => {
    expect(await client.patch(path, { completed: true }, { 'if-match': '*' })).toMatchObject({ status: 200 });
    expect(await client.patch(path, { completed: false }, { 'if-match': '"1", "2"' })).toMatchObject({
      status: 200,
    });
  });

  it('find nothing of another user, whatever version they name', async () => {
    const stranger = new Client(service.url, { 'x-test-user': 'stranger' });
    for (const ifMatch of ['"1"', '"7"', '*']) {
      expect(await stranger.patch(path, { title: 'theirs' }, { 'if-match': ifMatch })).toMatchObject({
        status: 404,
      });
      expect(await stranger.delete(path, { 'if-match': ifMatch })).toMatchObject({ status: 404 });
    }
  });

  it('do not change the version when nothing is to be changed', async () => {
    const { body } = await client.get(path);
    expect(await client.patch(path, {}, { 'if-match': '"1"' })).toMatchObject({ status: 200, body });
  });

  it('send nothing that the client has already', async () => {
    const unchanged = await client.get(path, { 'if-none-match': '"1"' });
    expect(unchanged).toMatchObject({ status: 304, body: '' });
    expect(unchanged.headers.get('etag')).toBe('"1"');
    expect(unchanged.headers.get('cache-control')).toBe('private, no-cache');
    await client.patch(path, { completed: true });
    expect(await client.get(path, { 'if-none-match': '"1"' })).toMatchObject({
      status: 200,
      body: { completed: true },
    });
  });

  it('may be kept by nobody but the client, and lists and problems not even by that', async () => {
    const kept = async (answer: Promise<Answer>) => (await answer).headers.get('cache-control');
    const asking = 'private, no-cache';
    expect(await kept(client.post('/v1/todos', { title: 'Buy bread' }))).toBe(asking);
    expect(await kept(client.get(path))).toBe(asking);
    expect(await kept(client.patch(path, { completed: true }))).toBe(asking);
    expect(await kept(client.patch(path, { completed: true }, { 'if-match': '"7"' }))).toBe('no-store');
    expect(await kept(client.get('/v1/todos'))).toBe('no-store');
    expect(await kept(client.get('/nope'))).toBe('no-store');
  });

  it.each(['1', '"1', ''])('refuse the malformed tag %j', async (tag) => {
    for (const answer of [
      await client.patch(path, { completed: true }, { 'if-match': tag }),
      await client.get(path, { 'if-none-match': tag }),
    ]) {
      expect(answer).toMatchObject({ status: 400, type: PROBLEM });
    }
  });

  it('are the only ones that may change a todo where the service is configured so', async () => {
    process.env.REQUIRE_IF_MATCH = 'true';
    try {
      expect(await client.patch(path, { completed: true })).toMatchObject({ status: 428, type: PROBLEM });
      expect(await client.delete(path)).toMatchObject({ status: 428, type: PROBLEM });
      expect(await client.patch(path, { completed: true }, { 'if-match': '"1"' })).toMatchObject({
        status: 200,
      });
    } finally {
      delete process.env.REQUIRE_IF_MATCH;
    }
  });
});
