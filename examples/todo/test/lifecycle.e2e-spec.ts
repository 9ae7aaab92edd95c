import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { migrations } from '../src/database/migrations';
import { runToEnd, ServiceProcess } from './support/child';
import { Client } from './support/client';
import { createDatabase, createEmptyDatabase, query } from './support/database';
import { metric } from './support/metrics';
import { MigratorProcess } from './support/migrator';
import { until } from './support/until';

describe('the life of an instance', () => {
  let databaseUrl: string;

  beforeAll(async () => {
    databaseUrl = await createDatabase();
  });

  it('drains on SIGTERM: readiness fails first, requests are still served, exit 0', async () => {
    const service = await ServiceProcess.start({
      DATABASE_URL: databaseUrl,
      DRAIN_MS: '1000',
      RATE_LIMIT_REQUESTS: '0',
    });
    const client = new Client(service.url);
    expect(await service.probe('ready')).toBe(200);
    // A request that is in flight while the instance stops.
    await query(
      databaseUrl,
      'CREATE FUNCTION slow() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(2); RETURN NEW; END $$ LANGUAGE plpgsql',
    );
    await query(
      databaseUrl,
      `CREATE TRIGGER slow BEFORE INSERT ON todos FOR EACH ROW WHEN (NEW.title = 'slow') EXECUTE FUNCTION slow()`,
    );
    const slow = client.post('/v1/todos', { title: 'slow' });
    await delay(100);

    service.signal('SIGTERM');
    await until('readiness to fail', async () => (await service.probe('ready')) === 503);
    expect(await service.probe('live')).toBe(200);
    const agent = new Agent({ keepAlive: true });
    const during = request(`${service.url}/v1/todos`, { agent }).end();
    const [response] = (await once(during, 'response')) as [import('node:http').IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(200);
    expect(response.headers.connection).toBe('close');
    agent.destroy();

    expect(await slow).toMatchObject({ status: 201 });
    expect(await service.ended()).toBe(0);
    expect(service.logs().at(-1)).toMatchObject({ msg: 'stopped' });
  });

  it('stops at once on a second signal', async () => {
    const service = await ServiceProcess.start({ DATABASE_URL: databaseUrl, DRAIN_MS: '14000' });
    service.signal('SIGTERM');
    await until('the drain', () => service.logs().some(({ msg }) => msg === 'draining'));
    service.signal('SIGTERM');
    expect(await service.ended()).toBe(1);
  });

  it('stops at the deadline, whatever hangs', async () => {
    const service = await ServiceProcess.start({
      DATABASE_URL: databaseUrl,
      DATABASE_LOCK_TIMEOUT_MS: '100',
      DATABASE_STATEMENT_TIMEOUT_MS: '500',
      DATABASE_CONNECT_TIMEOUT_MS: '500',
      REQUEST_TIMEOUT_MS: '1100',
      SHUTDOWN_MS: '1200',
      NODE_OPTIONS: '--import=./test/support/never-close.mjs',
    });
    service.signal('SIGTERM');
    expect(await service.ended()).toBe(1);
    expect(service.logs().at(-1)).toMatchObject({ msg: 'not stopped within 1200 ms: stopping at once' });
  });

  it.each([
    ['on which nothing has come', ''],
    ['on which a request has only begun', 'GET /v1/todos HTTP/1.1\r\nHost: localhost\r\n'],
  ])('does not wait for a connection %s', async (_, text) => {
    const service = await ServiceProcess.start({ DATABASE_URL: databaseUrl });
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(text);
    await until('the service to have the connection', async () => (await service.probe('ready')) === 200);
    service.signal('SIGTERM');
    expect(await service.ended()).toBe(0);
    socket.destroy();
  });

  it.each(['uncaughtException', 'unhandledRejection'])(
    'ends with 1 after an %s, and says why',
    async (kind) => {
      const service = await ServiceProcess.start({
        DATABASE_URL: databaseUrl,
        NODE_OPTIONS: '--import=./test/support/crash.mjs',
        CRASH: kind,
      });
      service.signal('SIGUSR2');
      expect(await service.ended()).toBe(1);
      expect(service.logs().at(-1)).toMatchObject({
        level: 'fatal',
        msg: 'the service failed',
        err: { message: 'a planted fault', stack: expect.stringContaining('crash.mjs') as string },
      });
    },
  );

  it('wants no traffic before its migrations are applied', async () => {
    const service = await ServiceProcess.start({ DATABASE_URL: await createEmptyDatabase() });
    try {
      const response = await fetch(`${service.managementUrl}/health/ready`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        status: 'not ready',
        checks: { migrations: { status: 'down' } },
      });
      expect(await metric(service.managementUrl, 'db_migrations_pending')).toBe(migrations.length);
      expect(await service.probe('live')).toBe(200);
    } finally {
      await service.stop();
    }
  });

  it('wants no traffic on the schema of the release before it, and some as soon as that is migrated', async () => {
    const url = await createDatabase();
    const next = {
      name: 'AddPriority4000000000001',
      statements: ['ALTER TABLE todos ADD COLUMN priority integer'],
    };
    const service = await ServiceProcess.start({
      DATABASE_URL: url,
      FIXTURE_MIGRATIONS: JSON.stringify([next]),
      NODE_OPTIONS: '--import=./test/support/fixture-migrations.mjs',
    });
    try {
      const response = await fetch(`${service.managementUrl}/health/ready`);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({
        checks: {
          database: { status: 'up' },
          migrations: { status: 'down', reason: `pending: ${next.name}` },
        },
      });
      const pending = async () => metric(service.managementUrl, 'db_migrations_pending');
      expect(await pending()).toBe(1);
      expect(await MigratorProcess.run(url, [next]).ended()).toBe(0);
      await until('the instance to be ready', async () => (await service.probe('ready')) === 200);
      expect(await pending()).toBe(0);
    } finally {
      await service.stop();
    }
  });

  it('does not start in production before somebody has said who its clients are', async () => {
    const environment = { DATABASE_URL: databaseUrl, DATABASE_TLS: 'disable', NODE_ENV: 'production' };
    const refused = await runToEnd('dist/main.js', [], environment);
    expect(refused.status).toBe(1);
    // Without authentication everybody is the same user, and behind an unknown proxy the same client.
    for (const name of ['ALLOW_ANONYMOUS', 'TRUSTED_PROXIES'])
      expect(refused.output).toContain(`  ${name}: must be`);
    const decided = { ALLOW_ANONYMOUS: 'true', TRUSTED_PROXIES: '0' };
    const service = await ServiceProcess.start({ ...environment, ...decided });
    const client = new Client(service.url);
    expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
    expect(await client.get('/docs')).toMatchObject({ status: 404 });
    expect(await client.get('/openapi.json')).toMatchObject({ status: 404 });
    await service.stop();
  });

  it('lists everything that is wrong with its environment, without values, and does not start', async () => {
    const { status, output } = await runToEnd('dist/main.js', [], {
      DATABASE_URL: 'mysql://user:planted-5ecr3t@host',
      PORT: 'http',
      LOG_LEVEL: 'loud',
      RATE_LIMIT_REQUESTS: '-1',
    });
    expect(status).toBe(1);
    for (const name of ['DATABASE_URL', 'PORT', 'LOG_LEVEL', 'RATE_LIMIT_REQUESTS'])
      expect(output).toContain(`  ${name}: `);
    expect(output).not.toContain('planted-5ecr3t');
  });

  it('says what is running', async () => {
    const service = await ServiceProcess.start({ DATABASE_URL: databaseUrl, BUILD_COMMIT: 'abc1234' });
    const { body } = await new Client(service.url).get('/version');
    expect(body).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      commit: 'abc1234',
      buildTime: 'unknown',
      schemaVersion: expect.stringMatching(/^\w+\d{13}$/) as string,
    });
    await service.stop();
  });
});
