import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ServiceProcess } from './support/child';
import { createDatabase } from './support/database';
import { metric } from './support/metrics';
import { sendRaw } from './support/raw-request';
import { until } from './support/until';

const COUNT = 'http_server_request_duration_seconds_count';
const BALANCER_IDLE_MS = 2600;
const KEEP_ALIVE_MS = 3000;
const HEADERS_MS = 3500;
const HOST = 'Host: localhost\r\n';
const POST = `POST /v1/todos HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`;

describe('what is not HTTP as it should be', () => {
  let service: ServiceProcess;

  beforeAll(async () => {
    service = await ServiceProcess.start({
      DATABASE_URL: await createDatabase(),
      RATE_LIMIT_REQUESTS: '0',
      HEADERS_TIMEOUT_MS: String(HEADERS_MS),
      KEEP_ALIVE_TIMEOUT_MS: String(KEEP_ALIVE_MS),
      BALANCER_IDLE_TIMEOUT_MS: String(BALANCER_IDLE_MS),
      REQUEST_TIMEOUT_MS: '1200',
      DATABASE_CONNECT_TIMEOUT_MS: '500',
      DATABASE_STATEMENT_TIMEOUT_MS: '500',
      DATABASE_LOCK_TIMEOUT_MS: '200',
    });
  });

  // A line may come after the answer that ended an earlier test.
  beforeEach(async () => {
    await until(
      'the lines of earlier tests',
      async () => service.accessLog().length === (await metric(service.managementUrl, COUNT)),
    );
  });

  afterAll(async () => {
    await service.stop();
  });

  const cases: [string, number, string, string, string][] = [
    ['a malformed request line', 400, 'unknown', 'unmatched', 'NONSENSE\r\n\r\n'],
    ['a malformed header', 400, 'unknown', 'unmatched', 'GET / HTTP/1.1\r\nno colon\r\n\r\n'],
    ['another version of HTTP', 400, 'unknown', 'unmatched', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    [
      'two lengths',
      400,
      'unknown',
      'unmatched',
      `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`,
    ],
    ['no host', 400, 'GET', '/v1/todos', 'GET /v1/todos HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a tunnel', 400, 'CONNECT', 'unmatched', `CONNECT example.com:443 HTTP/1.1\r\n${HOST}\r\n`],
    ['a malformed chunk', 400, 'POST', '/v1/todos', `${POST}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`],
    ['headers that stop', 408, 'unknown', 'unmatched', `GET / HTTP/1.1\r\n${HOST}`],
    ['a body that stops', 408, 'POST', '/v1/todos', `${POST}Content-Length: 20\r\n\r\n{"title":`],
    ['an unknown expectation', 417, 'POST', 'unmatched', `${POST}Expect: miracles\r\n\r\n`],
    [
      'headers that are too large',
      431,
      'unknown',
      'unmatched',
      `GET / HTTP/1.1\r\n${HOST}X-Large: ${'x'.repeat(20_000)}\r\n\r\n`,
    ],
  ];

  it.each(cases)(
    'answers %s with %i as problem details, one count and one log line',
    async (_, status, method, route, text) => {
      const labels = { method: method === 'unknown' || method === 'CONNECT' ? 'OTHER' : method, route };
      const count = async () => metric(service.managementUrl, COUNT, { ...labels, status: String(status) });
      const before = await count();
      const lines = service.accessLog().length;
      const answer = await sendRaw(service.url, text);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.body).toMatchObject({ status, requestId: answer.headers.get('x-request-id') });
      const line = await until('the access log', () => service.accessLog()[lines]);
      expect(line).toMatchObject({ method, route, status, request_id: answer.body.requestId as string });
      expect(line.bytes).toBe(Buffer.byteLength(JSON.stringify(answer.body)));
      expect(await count()).toBe(before + 1);
      expect(service.accessLog()).toHaveLength(lines + 1);
      expect(await metric(service.managementUrl, 'http_server_active_requests')).toBe(0);
    },
  );

  it('closes a connection on which nothing comes, which is no request', async () => {
    const lines = service.accessLog().length;
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname).resume();
    await once(socket, 'close');
    expect(socket.bytesRead).toBe(0);
    expect(service.accessLog()).toHaveLength(lines);
  });

  it('keeps an idle connection for longer than the balancer does, and says for how long', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = async () => {
      const sent = request(`${service.url}/version`, { agent }).end();
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      await once(answer.resume(), 'end');
      return {
        reused: sent.reusedSocket,
        status: answer.statusCode,
        keepAlive: answer.headers['keep-alive'],
      };
    };
    const keepAlive = `timeout=${KEEP_ALIVE_MS / 1000}`;
    expect(await ask()).toEqual({ reused: false, status: 200, keepAlive });
    await delay(BALANCER_IDLE_MS);
    expect(await ask()).toEqual({ reused: true, status: 200, keepAlive });
    agent.destroy();
  });

  it('waits for headers for longer than it keeps an idle connection', async () => {
    const start = performance.now();
    expect(await sendRaw(service.url, `GET / HTTP/1.1\r\n${HOST}`)).toMatchObject({ status: 408 });
    expect(performance.now() - start).toBeGreaterThan(KEEP_ALIVE_MS);
  });

  it('still serves others', async () => {
    expect((await fetch(`${service.url}/version`)).status).toBe(200);
  });
});
