import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { service as facts } from '../src/config/service';
import { ServiceProcess } from './support/child';
import { Client } from './support/client';
import { createDatabase, query } from './support/database';
import { tableIn } from './support/documentation';
import { metric, metricsOf, seriesOf } from './support/metrics';
import { until } from './support/until';

const POOL_SIZE = 12;

describe('signals', () => {
  let service: ServiceProcess;
  let client: Client;
  let databaseUrl: string;

  beforeAll(async () => {
    databaseUrl = await createDatabase();
    // A todo that takes its time.
    await query(
      databaseUrl,
      `CREATE FUNCTION nap() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(1); RETURN NEW; END $$ LANGUAGE plpgsql`,
    );
    await query(
      databaseUrl,
      `CREATE TRIGGER nap BEFORE INSERT ON todos FOR EACH ROW WHEN (NEW.title = 'nap') EXECUTE FUNCTION nap()`,
    );
    service = await ServiceProcess.start({
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: String(POOL_SIZE),
      RATE_LIMIT_REQUESTS: '0',
      NODE_OPTIONS: '--import=./test/support/block.mjs',
    });
    client = new Client(service.url);
  });

  afterAll(async () => {
    await service.stop();
  });

  const accessLogs = (requestId: string) =>
    service.accessLog().filter(({ request_id }) => request_id === requestId);

  const accessLog = (requestId: string) => until('the access log', () => accessLogs(requestId)[0]);

  const linesOf = (requestId: string) => service.logs().filter(({ request_id }) => request_id === requestId);

  it('puts the trace of the caller into every log line of the request and into its problem details', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { 'x-request-id': 'with-a-trace', traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
    const answer = await client.get('/v1/todos/not-an-id', headers);
    expect(answer.body).toMatchObject({ requestId: 'with-a-trace', traceId });
    await accessLog('with-a-trace');
    await client.post('/v1/todos', { title: 'nap' }, headers);
    await until('both access logs', () => accessLogs('with-a-trace').length === 2);
    const lines = linesOf('with-a-trace');
    expect(lines.map(({ msg }) => msg)).toContain('slow query');
    for (const line of lines) expect(line).toMatchObject({ trace_id: traceId });
  });

  it('ignores a traceparent that is not valid', async () => {
    const headers = { 'x-request-id': 'without-a-trace', traceparent: 'planted-trace' };
    const answer = await client.get('/v1/todos/not-an-id', headers);
    expect(answer.body).not.toHaveProperty('traceId');
    expect(await accessLog('without-a-trace')).not.toHaveProperty('trace_id');
    expect(service.output()).not.toContain('planted-trace');
  });

  it('puts the request id into the queries, where the database shows it', async () => {
    const requestId = 'seen-by-the-database';
    const answer = client.post('/v1/todos', { title: 'nap' }, { 'x-request-id': requestId });
    await until('the query', async () => {
      const rows = await query(databaseUrl, 'SELECT FROM pg_stat_activity WHERE query LIKE $1', [
        `/* request_id=${requestId} */ INSERT%`,
      ]);
      return rows.length === 1;
    });
    expect(await answer).toMatchObject({ status: 201 });
    const labels = { operation: 'INSERT', table: 'todos', outcome: 'ok' };
    const count = 'db_client_operation_duration_seconds_count';
    expect(await metric(service.managementUrl, count, labels)).toBeGreaterThan(0);
    await until('the slow query', () =>
      service.logs().find(({ msg, request_id }) => msg === 'slow query' && request_id === requestId),
    );
  });

  it.each(['short', 'x'.repeat(65), 'with spaces in it', '<script>alert(1)</script>'])(
    'replaces the request id %j',
    async (requestId) => {
      const { headers } = await client.get('/version', { 'x-request-id': requestId });
      expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
      expect(service.output()).not.toContain(requestId);
    },
  );

  /** Those of Node.js and of the process come and go with what it does. */
  const ownSeries = async () =>
    (await seriesOf(service.managementUrl)).filter(({ name }) => !/^(nodejs|process)_/.test(name));

  it('keeps the number of series bounded', async () => {
    const series = async () => (await ownSeries()).length;
    const ask = async () =>
      Promise.all([client.get(`/not-there/${randomUUID()}?q=1`), client.get(`/v1/todos/${randomUUID()}`)]);
    await ask();
    const before = await series();
    for (let round = 0; round < 100; round += 1) await Promise.all(Array.from({ length: 10 }, ask));
    expect(await series()).toBe(before);
    // Fifteen of them and their sums for each combination of route, method and status: room for a hundred of these.
    expect(before).toBeLessThan(2000);
  });

  it('shows probes and metrics on the management port only', async () => {
    for (const path of ['/metrics', '/health/live', '/health/ready', '/health/startup']) {
      expect(await client.get(path)).toMatchObject({ status: 404 });
      expect((await fetch(`${service.managementUrl}${path}`)).status).toBe(200);
    }
  });

  it('has every metric that the documentation explains, and none that it does not', async () => {
    await client.get('/v1/todos');
    const documented = tableIn('docs/observability.md', 'Metrics');
    const readme = readFileSync('README.md', 'utf8');
    const isElsewhere = (name: string) =>
      /^(process|nodejs)_/.test(name) ||
      (readme.includes(`\`${name}\``) && !documented.some((row) => row.metric === name));
    const found = (await metricsOf(service.managementUrl)).filter(({ metric: name }) => !isElsewhere(name));
    expect(found.map(({ metric: name, type, labels }) => `${name} ${type} ${labels}`).toSorted()).toEqual(
      documented.map((row) => `${row.metric} ${row.type} ${row.labels}`).toSorted(),
    );
  });

  it('shows the connections of the pool as the database has them', async () => {
    const show = async (state: string) => metric(service.managementUrl, 'db_client_connections', { state });
    const sessions = async () =>
      (
        await query(
          databaseUrl,
          'SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
          [facts.name],
        )
      ).length;
    const naps = [1, 2].map(async () => client.post('/v1/todos', { title: 'nap' }));
    await until('both queries', async () => (await show('used')) === 2);
    expect(await show('idle')).toBe((await sessions()) - 2);
    await Promise.all(naps);
    await until('both to be over', async () => (await show('used')) === 0);
    expect(await show('idle')).toBe(await sessions());
    expect(await metric(service.managementUrl, 'db_client_connection_max')).toBe(POOL_SIZE);
  });

  it('names its metrics as Prometheus wants it', async () => {
    const metrics = await metricsOf(service.managementUrl);
    expect(metrics.map(({ metric: name }) => name)).toContain('nodejs_eventloop_lag_seconds');
    for (const { metric: name, type, help } of metrics) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*[a-z0-9]$/);
      expect(name).not.toMatch(
        /_(count|sum|bucket|milliseconds|ms|minutes|kilobytes|kb|megabytes|mb|percent)$/,
      );
      expect(name.endsWith('_total')).toBe(type === 'counter');
      if (type === 'histogram') expect(name).toMatch(/_(seconds|bytes)$/);
      expect(help).not.toBe('');
    }
  });

  it('has no id among the values of its labels', async () => {
    await client.get(`/v1/todos/${randomUUID()}`);
    await client.get('/v1/todos/12345');
    const values = (await ownSeries()).flatMap(({ labels }) => Object.entries(labels));
    expect(values).toContainEqual(['route', '/v1/todos/:id']);
    for (const [label, value] of values) {
      expect(value).not.toMatch(/[\da-f]{8}-[\da-f]{4}/);
      if (!['le', 'status', 'quantile'].includes(label)) expect(value).not.toMatch(/(^|\/)\d+$/);
    }
  });

  it('shows that the event loop was blocked', async () => {
    await until('the event loop to have been late', async () => {
      service.signal('SIGUSR2');
      // A scrape in the same turn of the loop would reset the maximum before it is taken.
      await delay(1000);
      return (await metric(service.managementUrl, 'nodejs_eventloop_lag_max_seconds')) > 0.4;
    });
  });

  it('writes no line that its schema does not describe', () => {
    expect(service.logs().length).toBeGreaterThan(0);
  });
});
