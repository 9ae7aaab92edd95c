import { ServiceProcess } from './support/child';
import { Client } from './support/client';
import { createDatabase, query } from './support/database';
import { metric } from './support/metrics';
import { sendRaw } from './support/raw-request';
import { until } from './support/until';

/** Each statement of the creation with a key takes this long, all three of them longer than a request may. */
const STATEMENT_SECONDS = 0.8;
const LIMITS = {
  REQUEST_TIMEOUT_MS: '1500',
  DATABASE_CONNECT_TIMEOUT_MS: '1000',
  DATABASE_STATEMENT_TIMEOUT_MS: '1400',
};

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
    service = await ServiceProcess.start({ DATABASE_URL: databaseUrl, RATE_LIMIT_REQUESTS: '0', ...LIMITS });
  });

  afterAll(async () => {
    await service.stop();
  });

  const lines = (id: string) => service.accessLog().filter(({ request_id }) => request_id === id);
  const isIdle = async () =>
    (await metric(service.managementUrl, 'db_client_connection_count', { state: 'used' })) === 0;
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
      body: { detail: 'The request took too long. Try again soon.', requestId: 'too-long-1' },
    });
    expect(answer.headers.get('retry-after')).toBe('1');
    await until('its connection to be free', isIdle);
    expect(await query(databaseUrl, `SELECT FROM todos WHERE title = 'too long'`)).toEqual([]);
    expect(await query(databaseUrl, 'SELECT FROM idempotency_keys')).toEqual([]);
    expect(lines('too-long-1')).toEqual([
      expect.objectContaining({ status: 503, operation: 'TodosController.create' }),
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
