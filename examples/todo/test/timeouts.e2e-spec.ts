import { setTimeout as delay } from 'node:timers/promises';
import { Client as Connection } from 'pg';
import { ServiceProcess } from './support/child';
import { Client } from './support/client';
import { createDatabase, query } from './support/database';
import { metric } from './support/metrics';
import { sendRaw } from './support/raw-request';
import { until } from './support/until';

/** Each statement of a creation with a key takes this long: one of them alone is in time, all three are not. */
const STATEMENT_SECONDS = 1.2;

describe('a request that takes too long', () => {
  let databaseUrl: string;
  let service: ServiceProcess;

  beforeAll(async () => {
    databaseUrl = await createDatabase();
    await query(
      databaseUrl,
      `CREATE FUNCTION doze() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(${STATEMENT_SECONDS}); RETURN NEW; END $$ LANGUAGE plpgsql`,
    );
    for (const table of ['todos', 'idempotency_keys']) {
      await query(
        databaseUrl,
        `CREATE TRIGGER doze BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION doze()`,
      );
    }
    service = await ServiceProcess.start({
      DATABASE_URL: databaseUrl,
      RATE_LIMIT_REQUESTS: '0',
      REQUEST_TIMEOUT_MS: '3000',
      DATABASE_CONNECT_TIMEOUT_MS: '400',
      DATABASE_STATEMENT_TIMEOUT_MS: '2500',
    });
  });

  afterAll(async () => {
    await service.stop();
  });

  const lines = (id: string) => service.accessLog().filter(({ request_id }) => request_id === id);
  const isIdle = async () =>
    (await metric(service.managementUrl, 'db_client_connections', { state: 'used' })) === 0;
  const count = async (status: string) =>
    metric(service.managementUrl, 'http_server_request_duration_seconds_count', {
      method: 'POST',
      route: '/v1/todos',
      status,
    });

  it('is given up with 503, and nothing of it is kept', async () => {
    const before = await count('503');
    const client = new Client(service.url, { 'x-request-id': 'too-long-1', 'idempotency-key': 'too-long-1' });
    const answer = await client.post('/v1/todos', { title: 'too long' });
    expect(answer).toMatchObject({
      status: 503,
      type: 'application/problem+json',
      body: {
        type: 'urn:problem:timed-out',
        detail: 'The request took too long. Try again soon.',
        requestId: 'too-long-1',
      },
    });
    expect(answer.headers.get('retry-after')).toBe('1');
    await until('its connection to be free', isIdle);
    expect(await query(databaseUrl, `SELECT FROM todos WHERE title = 'too long'`)).toEqual([]);
    expect(await query(databaseUrl, 'SELECT FROM idempotency_keys')).toEqual([]);
    expect(lines('too-long-1')).toEqual([
      expect.objectContaining({
        status: 503,
        operation: 'TodosController.create',
        err: expect.objectContaining({ message: 'The request took too long. Try again soon.' }) as object,
      }),
    ]);
    expect(await count('503')).toBe(before + 1);
  });

  it('is refused with 408 where it is its body that does not come', async () => {
    const head = 'POST /v1/todos HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n';
    const body = 'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"title":';
    const answer = await sendRaw(service.url, `${head}${body}`);
    expect(answer).toMatchObject({ status: 408, body: { detail: 'The request did not arrive in time.' } });
  });

  it('is not worked on any longer once its client is gone', async () => {
    const headers = {
      'content-type': 'application/json',
      'x-request-id': 'gone-away-1',
      'idempotency-key': 'gone-away-1',
    };
    const body = JSON.stringify({ title: 'gone away' });
    const signal = AbortSignal.timeout(STATEMENT_SECONDS * 1500);
    await expect(fetch(`${service.url}/v1/todos`, { method: 'POST', headers, body, signal })).rejects.toThrow(
      'timeout',
    );
    const [line] = await until('its line', () => {
      const found = lines('gone-away-1');
      return found.length > 0 ? found : undefined;
    });
    expect(line).toMatchObject({ status: 499 });
    await until('its connection to be free', isIdle);
    expect(await query(databaseUrl, `SELECT FROM todos WHERE title = 'gone away'`)).toEqual([]);
    expect(await query(databaseUrl, 'SELECT FROM idempotency_keys')).toEqual([]);
  });
});

describe('a query whose client is gone', () => {
  let databaseUrl: string;
  let service: ServiceProcess;
  let client: Client;

  beforeAll(async () => {
    databaseUrl = await createDatabase();
    // No limit but the client's own ends what is waited for here while the test waits.
    service = await ServiceProcess.start({
      DATABASE_URL: databaseUrl,
      RATE_LIMIT_REQUESTS: '0',
      DATABASE_POOL_SIZE: '1',
      DATABASE_LOCK_TIMEOUT_MS: '40000',
      DATABASE_STATEMENT_TIMEOUT_MS: '45000',
      REQUEST_TIMEOUT_MS: '50000',
      SHUTDOWN_MS: '60000',
    });
    client = new Client(service.url);
  });

  afterAll(async () => {
    await service.stop();
  });

  const backends = async () =>
    query<{ pid: number; state: string; wait: string | null }>(
      databaseUrl,
      `SELECT pid, state, wait_event_type AS wait FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE '%todos%' AND pid <> pg_backend_pid()`,
    );

  it('is cancelled in the database, whose connection goes on', async () => {
    await client.get('/v1/todos');
    const [{ pid } = { pid: 0 }] = await backends();
    const holder = new Connection({ connectionString: databaseUrl });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE todos IN ACCESS EXCLUSIVE MODE');
    try {
      const leave = new AbortController();
      const left = fetch(`${service.url}/v1/todos`, { signal: leave.signal });
      const isWaiting = async () =>
        (await backends()).some((backend) => backend.pid === pid && backend.wait === 'Lock');
      await until('the query to wait for the lock', isWaiting);
      leave.abort();
      await expect(left).rejects.toThrow('abort');
      await until('the query to be cancelled', async () => !(await isWaiting()));
    } finally {
      await holder.end();
    }
    expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
    expect(await backends()).toEqual([{ pid, state: 'idle', wait: 'Client' }]);
  });

  it('takes no other query with it', async () => {
    const end = new AbortController();
    const leaving = (async () => {
      while (!end.signal.aborted) {
        const leave = new AbortController();
        const left = fetch(`${service.url}/v1/todos`, { signal: leave.signal }).then(async (answer) =>
          answer.text(),
        );
        await delay(Math.random() * 3);
        leave.abort();
        await left.catch(() => undefined);
      }
    })();
    const statuses = [];
    for (let request = 0; request < 300; request += 1) statuses.push((await client.get('/v1/todos')).status);
    end.abort();
    await leaving;
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    const gone = await metric(service.managementUrl, 'http_server_request_duration_seconds_count', {
      status: '499',
    });
    expect(gone).toBeGreaterThan(1);
  });
});
