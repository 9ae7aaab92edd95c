import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SmokeTest, type SmokeOptions } from '#deploy/smoke/smoke';
import { TodoService, type TodoAnswer, type TodoRequest } from '#deploy/smoke/todo-service';

type Spoil = (answer: TodoAnswer, request: TodoRequest) => TodoAnswer | undefined;

let server: Server;
let service: TodoService;
let requests: TodoRequest[];
/** What becomes of an answer once the service has done its work; undefined where it stays as it is. */
let spoil: Spoil;

beforeEach(async () => {
  service = new TodoService();
  requests = [];
  spoil = () => undefined;
  server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/', headers } = incoming;
  const request = { method, url, headers, body: await text(incoming) };
  requests.push(request);
  const well = service.answer(request);
  const { status, headers: own, body } = spoil(well, request) ?? well;
  response.writeHead(status, { 'x-request-id': String(headers['x-request-id']), ...own });
  response.end(body && JSON.stringify(body));
}

const test = (options: Partial<SmokeOptions> = {}): SmokeTest =>
  new SmokeTest({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mode: 'writing',
    authorization: undefined,
    ...options,
  });

const failing =
  (wanted: string): Spoil =>
  (_, { method, url }) =>
    `${method} ${url}`.startsWith(wanted) ? { status: 500, headers: {} } : undefined;

const { signal } = new AbortController();
const textsOf = async (smokeTest: SmokeTest): Promise<readonly string[]> =>
  (await smokeTest.run(signal)).map(({ text: found }) => found);

describe('a smoke test', () => {
  it('lives the life of a todo, and leaves nothing', async () => {
    expect(await textsOf(test())).toEqual([]);
    expect([...new Set(requests.map(({ method }) => method))]).toEqual(['GET', 'POST', 'PATCH', 'DELETE']);
    const [, first] = requests.filter(({ method }) => method === 'POST');
    expect(first?.body).toContain('Smoke test of a release: ');
    expect(service.todos.size).toBe(0);
  });

  it('writes nothing where it may only read', async () => {
    expect(await textsOf(test({ mode: 'read-only' }))).toEqual([]);
    expect([...new Set(requests.map(({ method }) => method))]).toEqual(['GET']);
  });

  it('says who it is with each request', async () => {
    await test({ authorization: 'Bearer 1' }).run(signal);
    expect(new Set(requests.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer 1']));
  });

  it('may be turned away where it is nobody and only reads, and nowhere else', async () => {
    spoil = (answer, { url }) => (url.startsWith('/v1/todos') ? { ...answer, status: 401 } : undefined);
    const read = { mode: 'read-only' } as const;
    expect(await textsOf(test(read))).toEqual([]);
    expect(await textsOf(test({ ...read, authorization: 'Bearer 1' }))).toEqual([
      expect.stringContaining('listing todos answers 401'),
    ]);
    expect(await textsOf(test())).toContainEqual(expect.stringContaining('creating a todo answers 401'));
  });

  it.each<readonly [string, Spoil]>([
    ['creating a todo answers 500, not 201', failing('POST')],
    ['reading a todo answers 500, not 200', failing('GET /v1/todos/')],
    ['changing a todo answers 500, not 200', failing('PATCH')],
    ['listing todos by a word answers 500, not 200', failing('GET /v1/todos?q')],
    [
      'an unknown path is answered text/html',
      (answer, { url }) =>
        url.startsWith('/v1') ? undefined : { ...answer, headers: { 'content-type': 'text/html' } },
    ],
    [
      'asking for the metrics from outside answers 200',
      (answer, { url }) => (url === '/metrics' ? { ...answer, status: 200 } : undefined),
    ],
    [
      'answers for the request another',
      (answer) => ({ ...answer, headers: { ...answer.headers, 'x-request-id': 'another' } }),
    ],
    [
      'creating a todo without a title answers 201, not 422',
      (answer) => (answer.status === 422 ? { ...answer, status: 201 } : undefined),
    ],
    [
      'a version of a todo that is an old one answers 200, not 412',
      (answer) => (answer.status === 412 ? { ...answer, status: 200 } : undefined),
    ],
    [
      'creating a todo again with its Idempotency-Key answers with',
      (answer, { method, url }) =>
        method === 'POST' && requests.filter((one) => one.method === 'POST' && one.url === url).length === 2
          ? { ...answer, body: { id: 'another' } }
          : undefined,
    ],
    [
      'reading a todo that was deleted answers 200, not 404',
      (answer, { url }) =>
        answer.status === 404 && url.startsWith('/v1/todos/') ? { ...answer, status: 200 } : undefined,
    ],
  ])('finds: %s', async (found, defect) => {
    spoil = defect;
    expect((await textsOf(test())).join('\n')).toContain(found);
  });

  it.each(['PATCH', 'GET /v1/todos/'])('deletes what it created where %s fails', async (what) => {
    spoil = failing(what);
    expect(await textsOf(test())).not.toEqual([]);
    expect(service.todos.size).toBe(0);
  });

  it('finds what it created where the answer did not say so, and deletes it', async () => {
    spoil = failing('POST');
    expect(await textsOf(test())).toEqual([expect.stringContaining('creating a todo answers 500')]);
    expect(service.todos.size).toBe(0);
  });

  it('deletes later what it can not delete now', async () => {
    const smokeTest = test();
    service.answer({ method: 'POST', url: '/v1/todos', headers: {}, body: '{"title":"of a user"}' });
    const keep = service.answer.bind(service);
    service.answer = (request) =>
      request.method === 'DELETE' ? { status: 500, headers: {} } : keep(request);
    expect(await textsOf(smokeTest)).toEqual([expect.stringContaining('deleting a todo answers 500')]);
    expect([service.todos.size, smokeTest.remains.length]).toEqual([2, 1]);
    service.answer = keep;
    expect(await textsOf(smokeTest)).toEqual([]);
    expect([...service.todos.values()].map(({ title }) => title)).toEqual(['of a user']);
    expect(smokeTest.remains).toEqual([]);
  });

  it('deletes what it created where it is interrupted', async () => {
    const interruption = new AbortController();
    spoil = (_, { method }) => {
      if (method === 'PATCH') interruption.abort();
      return undefined;
    };
    await expect(test().run(interruption.signal)).rejects.toThrow();
    expect(service.todos.size).toBe(0);
  });
});
