import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ServiceProcess } from './support/child';
import { Client } from './support/client';
import { createDatabase, query } from './support/database';
import { metric } from './support/metrics';
import { until } from './support/until';

const COUNT = 'http_server_request_duration_seconds_count';
const ACTIVE = 'http_server_active_requests';
const ORIGIN = 'https://app.example.com';
const PREFLIGHT = { origin: ORIGIN, 'access-control-request-method': 'POST' };
const TYPELESS = { 'content-type': 'none/at-all' };
const NOT_THERE = '/v1/todos/01890a5d-ac96-774b-bcce-b302099a8057';
const LARGE = `{"title":"${'x'.repeat(3000)}"}`;

interface Sent {
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

describe('each request leaves one count and one line in the access log', () => {
  let service: ServiceProcess;
  let client: Client;

  beforeAll(async () => {
    const databaseUrl = await createDatabase();
    await query(
      databaseUrl,
      `CREATE FUNCTION obey() RETURNS trigger AS $$ BEGIN
         IF NEW.title = 'nap' THEN PERFORM pg_sleep(1); END IF;
         IF NEW.title = 'fail' THEN RAISE EXCEPTION 'a planted fault'; END IF;
         RETURN NEW;
       END $$ LANGUAGE plpgsql`,
    );
    await query(
      databaseUrl,
      'CREATE TRIGGER obey BEFORE INSERT ON todos FOR EACH ROW EXECUTE FUNCTION obey()',
    );
    service = await ServiceProcess.start({
      DATABASE_URL: databaseUrl,
      RATE_LIMIT_REQUESTS: '0',
      BODY_LIMIT_BYTES: '2048',
      CORS_ORIGINS: ORIGIN,
    });
    client = new Client(service.url);
  });

  afterAll(async () => {
    await service.stop();
  });

  const count = async (labels?: Readonly<Record<string, string>>) =>
    metric(service.managementUrl, COUNT, labels);

  /** Resolves when each request so far has its line; there is one count for each, and none is in flight. */
  async function settled(lines: number): Promise<void> {
    await until('every line', () => service.accessLog().length >= lines);
    await until('the end', async () => (await metric(service.managementUrl, ACTIVE)) === 0);
    expect(service.accessLog()).toHaveLength(lines);
    expect(await count()).toBe(lines);
  }

  // A line may come after the answer that ended an earlier test.
  beforeEach(async () => {
    await until('the lines of earlier tests', async () => service.accessLog().length === (await count()));
  });

  const [list, get, create] = ['list', 'get', 'create'].map((method) => `TodosController.${method}`);

  it.each<[string, string, Sent, number, string, string | undefined]>([
    ['a new todo', 'POST', { path: '/v1/todos', body: '{"title":"Buy milk"}' }, 201, '/v1/todos', create],
    ['no JSON', 'POST', { path: '/v1/todos', body: '{' }, 400, '/v1/todos', create],
    ['too much', 'POST', { path: '/v1/todos', body: LARGE }, 413, '/v1/todos', create],
    ['no type', 'POST', { path: '/v1/todos', body: 'a', headers: TYPELESS }, 415, '/v1/todos', create],
    ['an invalid todo', 'POST', { path: '/v1/todos', body: '{}' }, 422, '/v1/todos', create],
    ['a fault', 'POST', { path: '/v1/todos', body: '{"title":"fail"}' }, 500, '/v1/todos', create],
    ['a list', 'GET', { path: '/v1/todos' }, 200, '/v1/todos', list],
    ['an invalid query', 'GET', { path: '/v1/todos?limit=0' }, 422, '/v1/todos', list],
    ['headers only', 'HEAD', { path: '/v1/todos' }, 200, '/v1/todos', list],
    ['an unknown todo', 'GET', { path: NOT_THERE }, 404, '/v1/todos/:id', get],
    ['the version', 'GET', { path: '/version' }, 200, '/version', 'VersionController.read'],
    ['the documentation', 'GET', { path: '/openapi.json' }, 200, '/openapi.json', undefined],
    ['a wrong method', 'PUT', { path: '/v1/todos' }, 405, 'unmatched', undefined],
    ['a preflight', 'OPTIONS', { path: '/v1/todos', headers: PREFLIGHT }, 204, 'unmatched', undefined],
    ['options', 'OPTIONS', { path: '/v1/todos' }, 204, 'unmatched', undefined],
    ['an unknown path', 'GET', { path: '/wp-admin' }, 404, 'unmatched', undefined],
    ['a malformed path', 'GET', { path: '/%zz' }, 400, 'unmatched', undefined],
  ])('for %s (%s)', async (_, method, { path, body, headers }, status, route, operation) => {
    const labels = { route, method, status: String(status) };
    const lines = service.accessLog().length;
    const before = await count(labels);
    const answer = await client.send(method, path, {
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
    });
    expect(answer).toMatchObject({ status });
    await settled(lines + 1);
    expect(await count(labels)).toBe(before + 1);
    const { err, ...line } = service.accessLog()[lines] as { err?: Record<string, unknown> };
    expect(line).toEqual({
      level: status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info',
      time: expect.any(String) as string,
      service: expect.any(String) as string,
      environment: 'test',
      version: expect.any(String) as string,
      msg: 'request completed',
      request_id: answer.headers.get('x-request-id'),
      ...(operation !== undefined && { operation }),
      // Who asked is found out after what is asked, and before the body is read.
      ...('user_id' in line && { user_id: 'anonymous' }),
      method,
      route,
      status,
      duration_ms: expect.any(Number) as number,
      bytes: expect.any(Number) as number,
    });
    expect(err !== undefined).toBe(status >= 400);
    if (err) {
      expect(err).toMatchObject({
        type: expect.any(String) as string,
        message: expect.any(String) as string,
      });
      expect('stack' in err).toBe(status >= 500);
    }
  });

  it('says why it failed, and who asked', async () => {
    const lines = service.accessLog().length;
    await client.post('/v1/todos', { title: 'fail' });
    await settled(lines + 1);
    expect(service.accessLog()[lines]).toMatchObject({
      user_id: 'anonymous',
      err: { type: 'QueryFailedError', message: 'a planted fault', stack: expect.any(String) as string },
    });
  });

  it.each<[string, Record<string, string>, number]>([
    ['the rate limit', { RATE_LIMIT_REQUESTS: '1' }, 429],
    ['the lack of a database', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/todo' }, 503],
  ])('with its operation where %s refuses it', async (_, settings, status) => {
    const environment = { DATABASE_URL: '', RATE_LIMIT_REQUESTS: '0', ...settings };
    if (environment.DATABASE_URL === '') environment.DATABASE_URL = await createDatabase();
    const refusing = await ServiceProcess.start(environment, { connected: false });
    try {
      const refused = new Client(refusing.url);
      await until('the refusal', async () => (await refused.get('/v1/todos')).status === status);
      await until('its line', () => refusing.accessLog().at(-1)?.status === status);
      expect(refusing.accessLog().at(-1)).toMatchObject({ operation: list, route: '/v1/todos' });
    } finally {
      await refusing.stop();
    }
  });

  const POST = 'POST /v1/todos HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
  const GET = 'GET /v1/todos?limit=100 HTTP/1.1\r\nHost: a\r\n';

  function send(text: string): Socket {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    socket.write(text);
    return socket;
  }

  /** What the system has buffered is read even after the client is gone. */
  const isQuiet = async () => {
    const lines = service.accessLog().length;
    await delay(500);
    return service.accessLog().length === lines && !(await isServed());
  };

  const isServed = async () => (await metric(service.managementUrl, ACTIVE)) > 0;

  it.each([
    ['in the middle of its body', `${POST}Content-Length: 100\r\n\r\n{"title":`],
    ['before its answer', `${POST}Content-Length: 15\r\n\r\n{"title":"nap"}`],
  ])('with 499 where its client goes away %s', async (_, text) => {
    const lines = service.accessLog().length;
    const socket = send(text);
    await until('the request', isServed);
    socket.destroy();
    await settled(lines + 1);
    expect(service.accessLog()[lines]).toMatchObject({ status: 499, level: 'warn', operation: create });
  });

  it('where its client goes away in the middle of an answer, and those that wait behind it, too', async () => {
    const lines = service.accessLog().length;
    for (let todo = 0; todo < 40; todo += 1)
      await client.post('/v1/todos', { title: 'large', description: '\u{1f600}'.repeat(400) });
    await settled(lines + 40);
    const requests = 200;
    const socket = send(`${GET}\r\n`.repeat(requests));
    // More than the system buffers, of which nothing is read.
    socket.pause();
    await until('the first answers', () => service.accessLog().length > lines + 40);
    socket.destroy();
    await until('the end', isQuiet);
    const statuses = service.accessLog().map(({ status }) => status);
    const completed = statuses.slice(lines + 40).filter((status) => status === 200).length;
    const aborted = statuses.slice(lines + 40).filter((status) => status === 499).length;
    expect(aborted).toBeGreaterThan(0);
    // What Node has not read yet is no request.
    expect(completed + aborted).toBeLessThanOrEqual(requests);
    await settled(lines + 40 + completed + aborted);
  });

  it('where many come at once on one connection', async () => {
    const lines = service.accessLog().length;
    const socket = send(`${`${GET}\r\n`.repeat(9)}${GET}Connection: close\r\n\r\n`);
    let answers = '';
    socket.on('data', (data) => (answers += data.toString()));
    await once(socket, 'close');
    expect(answers.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(10);
    await settled(lines + 10);
    expect(new Set(service.accessLog().map(({ request_id }) => request_id)).size).toBe(lines + 10);
  });

  it('where it asks for another protocol', async () => {
    const lines = service.accessLog().length;
    await once(send(`${GET}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`).resume(), 'close');
    await settled(lines + 1);
    expect(service.accessLog()[lines]).toMatchObject({ status: 200, operation: list });
  });

  it('where nonsense follows it on its connection', async () => {
    const lines = service.accessLog().length;
    await once(send(`${GET}\r\nNONSENSE\r\n\r\n`).resume(), 'close');
    await settled(lines + 2);
    // An answer to the nonsense would be taken for that to the request.
    expect(service.accessLog().slice(lines)).toEqual([
      expect.objectContaining({ method: 'unknown', status: 400 }),
      expect.objectContaining({ method: 'GET', status: 499, operation: list }),
    ]);
  });

  it('where it is told to go on, and does not', async () => {
    const lines = service.accessLog().length;
    const socket = send(`${POST}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n`);
    expect(String(await once(socket, 'data'))).toContain('100 Continue');
    socket.destroy();
    await settled(lines + 1);
    expect(service.accessLog()[lines]).toMatchObject({ status: 499, operation: create });
  });

  it('while the metrics are read again and again, which holds up nobody', async () => {
    // There is a count to read, whatever the order of the tests.
    const lines = service.accessLog().length;
    await client.get('/v1/todos?limit=1');
    const reads = Array.from({ length: 20 }, async () => fetch(`${service.managementUrl}/metrics`));
    const clients = Array.from({ length: 5 }, async () => {
      for (let request = 0; request < 40; request += 1)
        expect(await client.get('/v1/todos?limit=1')).toMatchObject({ status: 200 });
    });
    await Promise.all(clients);
    for (const read of await Promise.all(reads)) expect(await read.text()).toContain(`${COUNT}{`);
    await settled(lines + 201);
  });
});
