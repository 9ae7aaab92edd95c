import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
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
  let large: string;
  let small: string;
  let requests = 0;

  beforeAll(async () => {
    service = await ServiceProcess.start({ DATABASE_URL: await createDatabase(), RATE_LIMIT_REQUESTS: '0' });
    const client = new Client(service.url);
    const create = async (description: string | null) =>
      `/v1/todos/${((await client.post('/v1/todos', { title: 'a', description })).body as { id: string }).id}`;
    large = await create('word '.repeat(400));
    small = await create(null);
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
      const plain = await receive('GET', large, {});
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.logged).toBe(plain.body.length);
      const compressed = await receive('GET', large, { 'accept-encoding': encoding });
      expect(compressed.headers['content-encoding']).toBe(encoding);
      expect(compressed.headers.vary).toContain('accept-encoding');
      expect(compressed.headers.etag).toBe(plain.headers.etag);
      expect(compressed.body.length).toBeLessThan(plain.body.length / 2);
      expect(compressed.logged).toBe(compressed.body.length);
      expect(decompress(compressed.body)).toEqual(plain.body);
    },
  );

  it('stays as it is where that would gain nothing', async () => {
    const answer = await receive('GET', small, { 'accept-encoding': 'br, gzip' });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.logged).toBe(answer.body.length);
  });

  it('is absent, and logged as such, where there is none', async () => {
    const { headers } = await receive('GET', large, {});
    const head = await receive('HEAD', large, { 'accept-encoding': 'gzip' });
    expect(head).toMatchObject({ status: 200, logged: 0 });
    const unchanged = await receive('GET', large, {
      'accept-encoding': 'gzip',
      'if-none-match': String(headers.etag),
    });
    expect(unchanged).toMatchObject({ status: 304, logged: 0 });
    expect(head.body.length + unchanged.body.length).toBe(0);
  });

  it('of a problem is logged with its size, too', async () => {
    const problem = await receive('GET', '/nowhere', { 'accept-encoding': 'gzip' });
    expect(problem).toMatchObject({ status: 404, logged: problem.body.length });
    expect(problem.body.length).toBeGreaterThan(0);
  });
});
