import { Client as Connection } from 'pg';
import { service as facts } from '../src/config/service';
import { ServiceProcess } from './support/child';
import { Client } from './support/client';
import { createDatabase, query } from './support/database';
import { metric } from './support/metrics';
import { until } from './support/until';

const { poolSize } = facts.database;
const REFUSED = {
  status: 503,
  type: 'application/problem+json',
  body: { type: 'urn:problem:overloaded', detail: 'The service has too much to do. Try again soon.' },
};

describe('under overload, an instance', () => {
  let databaseUrl: string;
  let service: ServiceProcess;

  beforeAll(async () => {
    databaseUrl = await createDatabase();
  });

  afterEach(async () => {
    await service.stop();
  });

  it('refuses at once what would wait too long for a connection, and recovers', async () => {
    service = await ServiceProcess.start({
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: '1',
      REQUEST_TIMEOUT_MS: '50000',
      DATABASE_CONNECT_TIMEOUT_MS: '20000',
      DATABASE_STATEMENT_TIMEOUT_MS: '25000',
      DATABASE_LOCK_TIMEOUT_MS: '20000',
      SHUTDOWN_MS: '60000',
      OVERLOAD_POOL_WAITING: '2',
    });
    const client = new Client(service.url);
    const holder = new Connection({ connectionString: databaseUrl });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE todos IN ACCESS EXCLUSIVE MODE');
    const waiting = [1, 2, 3].map(async () => client.get('/v1/todos'));
    try {
      await until(
        'one query and two requests that wait for a connection',
        async () => (await metric(service.managementUrl, 'db_client_connection_pending_requests')) === 2,
      );
      const answer = await client.get('/v1/todos');
      expect(answer).toMatchObject(REFUSED);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      const refused = await until('its line', () => service.accessLog()[0]);
      expect(refused).toMatchObject({ status: 503, operation: 'TodosController.list' });
      expect(await service.probe('live')).toBe(200);
      expect(await service.probe('ready')).toBe(200);
    } finally {
      await holder.end();
    }
    for (const answer of await Promise.all(waiting)) expect(answer).toMatchObject({ status: 200 });
    expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
  });

  it('is not filled by the slow searches of one client: what is beyond the bound is refused at once', async () => {
    const own = await createDatabase();
    await query(
      own,
      `CREATE OR REPLACE FUNCTION search_query(content text) RETURNS tsquery LANGUAGE sql IMMUTABLE
       AS $$ SELECT pg_sleep(1.5); SELECT content::tsquery $$`,
    );
    service = await ServiceProcess.start({ DATABASE_URL: own, OVERLOAD_EVENT_LOOP_DELAY_MS: '0' });
    const client = new Client(service.url);
    const search = async () => client.get('/v1/todos?q=milk');
    const [running, waiting] = [poolSize, 3 * poolSize];
    const slow = Array.from({ length: running + waiting }, search);
    await until(
      'a pool that is full, and all that may wait',
      async () => (await metric(service.managementUrl, 'db_client_connection_pending_requests')) === waiting,
    );
    const started = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, search));
    expect(performance.now() - started).toBeLessThan(1000);
    for (const answer of answers) {
      expect(answer).toMatchObject(REFUSED);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const statuses = (await Promise.all(slow)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(running);
    expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
  });

  it('refuses at once what its event loop would serve too late, and recovers', async () => {
    service = await ServiceProcess.start({
      DATABASE_URL: databaseUrl,
      RATE_LIMIT_REQUESTS: '0',
      NODE_OPTIONS: '--import=./test/support/block.mjs',
      BLOCK_TIMES: '8',
    });
    const client = new Client(service.url);
    service.signal('SIGUSR2');
    const refused = await until('a refusal', async () => {
      const answer = await client.get('/v1/todos');
      return answer.status === 503 && answer;
    });
    expect(refused).toMatchObject(REFUSED);
    await until('an answer', async () => (await client.get('/v1/todos')).status === 200);
  });
});
