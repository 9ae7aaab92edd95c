import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { ServiceProcess } from './support/child';
import { Client } from './support/client';
import { createDatabase } from './support/database';
import { until } from './support/until';

interface Received {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** What the access log says. */
  readonly logged: unknown;
}

describe('the body of an answer', () => {
  let service: ServiceProcess;
  /** A list is large, and has no entity tag; a todo has one. */
  const LIST = '/v1/todos';
  let large: string;
  let requests = 0;

  beforeAll(async () => {
    service = await ServiceProcess.start({ DATABASE_URL: await createDatabase(), RATE_LIMIT_REQUESTS: '0' });
    const client = new Client(service.url);
    const create = async (description: string | null) =>
      `/v1/todos/${((await client.post('/v1/todos', { title: 'a', description })).body as { id: string }).id}`;
    large = await create('word '.repeat(400));
    await create(null);
  });

  afterAll(async () => {
    await service.stop();
  });

  /** `fetch` would decode the body. */
  async function receive(method: string, path: string, headers: Record<string, string>): Promise<Received> {
    const id = `compression-${(requests += 1)}`;
    const sent = request(`${service.url}${path}`, { method, headers: { ...headers, 'x-request-id': id } });
    sent.end();
    const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const line = await until('the access log', () =>
      service.accessLog().find(({ request_id }) => request_id === id),
    );
    const { statusCode: status, headers: received } = response;
    return { status, headers: received, body: Buffer.concat(chunks), logged: line.bytes };
  }

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['deflate', inflateSync],
  ] as const)(
    'is compressed as %s where the client asks for it, and logged with its true size',
    async (encoding, decompress) => {
      const plain = await receive('GET', LIST, {});
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.headers.vary).toMatch(/accept-encoding/);
      expect(plain.logged).toBe(plain.body.length);
      const compressed = await receive('GET', LIST, { 'accept-encoding': encoding });
      expect(compressed.headers['content-encoding']).toBe(encoding);
      expect(compressed.headers.vary).toBe(plain.headers.vary);
      expect(compressed.body.length).toBeLessThan(plain.body.length / 2);
      expect(compressed.logged).toBe(compressed.body.length);
      expect(decompress(compressed.body)).toEqual(plain.body);
    },
  );

  it.each(['identity', 'br;q=0, gzip;q=0, deflate;q=0', 'zstd'])(
    'stays as it is for a client that accepts %s',
    async (accepted) => {
      const { headers, body } = await receive('GET', LIST, { 'accept-encoding': accepted });
      expect(headers['content-encoding']).toBeUndefined();
      expect(JSON.parse(body.toString())).toHaveProperty('items');
    },
  );

  it('stays as it is where that would gain nothing', async () => {
    const answer = await receive('GET', '/version', { 'accept-encoding': 'br, gzip' });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.logged).toBe(answer.body.length);
  });

  it('stays as it is where a strong entity tag names its bytes', async () => {
    const plain = await receive('GET', large, {});
    const answer = await receive('GET', large, { 'accept-encoding': 'br, gzip' });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.headers.etag).toBe(plain.headers.etag);
    expect(answer.body).toEqual(plain.body);
    expect(answer.body.length).toBeGreaterThan(1024);
  });

  it('is absent, and logged as such, where there is none', async () => {
    const { headers } = await receive('GET', large, {});
    for (const encoding of ['identity', 'gzip']) {
      const accept = { 'accept-encoding': encoding };
      const get = await receive('GET', LIST, accept);
      const head = await receive('HEAD', LIST, accept);
      expect(head).toMatchObject({ status: 200, logged: 0 });
      expect(head.body).toHaveLength(0);
      for (const name of ['content-encoding', 'content-length', 'content-type', 'vary'])
        expect([name, head.headers[name]]).toEqual([name, get.headers[name]]);
      const unchanged = await receive('GET', large, { ...accept, 'if-none-match': String(headers.etag) });
      expect(unchanged).toMatchObject({ status: 304, logged: 0 });
      expect(unchanged.body).toHaveLength(0);
      expect(unchanged.headers['content-encoding']).toBeUndefined();
    }
  });

  it('is logged with its true size where it comes as a stream, too', async () => {
    const { body: page } = await receive('GET', '/docs', {});
    const [, script = ''] = /src="([^"]+bundle\.js)"/.exec(page.toString()) ?? [];
    for (const encoding of ['identity', 'gzip']) {
      const answer = await receive('GET', new URL(script, 'http://localhost/docs').pathname, {
        'accept-encoding': encoding,
      });
      expect(answer).toMatchObject({ status: 200, logged: answer.body.length });
      expect(answer.body.length).toBeGreaterThan(100_000);
    }
  });

  it('of a request is not decompressed: a small one can not become a large one', async () => {
    const body = gzipSync(JSON.stringify({ title: 'a' }));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const { status } = await fetch(`${service.url}${LIST}`, { method: 'POST', headers, body });
    expect(status).toBe(400);
  });

  it('of a problem is logged with its size, too', async () => {
    const problem = await receive('GET', '/nowhere', { 'accept-encoding': 'gzip' });
    expect(problem).toMatchObject({ status: 404, logged: problem.body.length });
    expect(problem.body.length).toBeGreaterThan(0);
  });
});
