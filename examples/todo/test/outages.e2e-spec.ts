import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { service as facts } from '../src/config/service';
import { runToEnd, ServiceProcess } from './support/child';
import { Client } from './support/client';
import { createDatabase, query } from './support/database';
import { metric } from './support/metrics';
import { appRole } from './support/server';
import { TcpProxy } from './support/tcp-proxy';
import { until } from './support/until';

/** Not what is said where the request as a whole has run out of time. */
const UNAVAILABLE = {
  status: 503,
  type: 'application/problem+json',
  body: { detail: 'The service can not answer now. Try again soon.' },
};
const CONNECT_MS = 1000;

describe('without its database, an instance', () => {
  let databaseUrl: string;
  let proxy: TcpProxy;
  let service: ServiceProcess | undefined;
  const start = async (environment: Readonly<Record<string, string>> = {}, connected = true) => {
    service = await ServiceProcess.start(
      { DATABASE_URL: proxy.url, RATE_LIMIT_REQUESTS: '0', ...environment },
      { connected },
    );
    return { service, client: new Client(service.url) };
  };

  beforeAll(async () => {
    databaseUrl = await createDatabase();
  });

  beforeEach(async () => {
    proxy = await TcpProxy.to(databaseUrl);
  });

  afterEach(async () => {
    await service?.stop();
    proxy.resume();
    await proxy.cut();
  });

  /** What the metrics say of readiness. */
  const shown = async ({ managementUrl }: ServiceProcess) => ({
    ready: await metric(managementUrl, 'service_ready'),
    database: await metric(managementUrl, 'service_dependency_up', { dependency: 'database' }),
  });

  it('starts, says what is missing, and needs no restart when the database comes', async () => {
    await proxy.cut();
    const { service: instance, client } = await start({}, false);
    expect(await instance.probe('live')).toBe(200);
    expect(await instance.probe('startup')).toBe(503);
    expect(await instance.probe('ready')).toBe(503);
    const answer = await client.get('/v1/todos');
    expect(answer).toMatchObject(UNAVAILABLE);
    expect(answer.headers.get('retry-after')).not.toBeNull();
    expect(await shown(instance)).toEqual({ ready: 0, database: 0 });
    await proxy.restore();
    await until('readiness', async () => (await instance.probe('ready')) === 200);
    expect(await instance.probe('startup')).toBe(200);
    expect(await shown(instance)).toEqual({ ready: 1, database: 1 });
    expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
  });

  it('stops when it is asked to before it has ever been connected', async () => {
    await proxy.cut();
    const { service: instance } = await start({}, false);
    instance.signal('SIGTERM');
    expect(await instance.ended()).toBe(0);
  });

  it('fails fast when the connections are cut, and recovers', async () => {
    const { service: instance, client } = await start({ DATABASE_CONNECT_TIMEOUT_MS: String(CONNECT_MS) });
    expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
    await proxy.cut();
    await until('readiness to fail', async () => (await instance.probe('ready')) === 503);
    expect(await instance.probe('live')).toBe(200);
    const asked = performance.now();
    const refused = await client.get('/v1/todos');
    // Nobody has to wait for as long as a connection may take to come.
    expect(performance.now() - asked).toBeLessThan(CONNECT_MS);
    expect(refused).toMatchObject(UNAVAILABLE);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(JSON.stringify(refused.body)).not.toMatch(/connect|127\.0\.0\.1|terminated/i);
    expect(await client.get('/version')).toMatchObject({ status: 200, body: { schemaVersion: 'unknown' } });
    await proxy.restore();
    await until('readiness to return', async () => (await instance.probe('ready')) === 200);
    expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
  });

  it('gives up on a database that is silent, and recovers', async () => {
    const { service: instance, client } = await start({
      DATABASE_STATEMENT_TIMEOUT_MS: '500',
      DATABASE_LOCK_TIMEOUT_MS: '400',
    });
    expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
    proxy.pause();
    const answers = await Promise.all([1, 2, 3].map(async () => client.get('/v1/todos')));
    for (const answer of answers) expect(answer).toMatchObject(UNAVAILABLE);
    expect(await instance.probe('ready')).toBe(503);
    expect(await shown(instance)).toEqual({ ready: 0, database: 0 });
    proxy.resume();
    await until('readiness to return', async () => (await instance.probe('ready')) === 200);
    await until('an answer', async () => (await client.get('/v1/todos')).status === 200);
  });

  it('stays ready when only its pool is exhausted, and cancels what takes too long', async () => {
    const { service: instance, client } = await start({
      DATABASE_POOL_SIZE: '2',
      DATABASE_CONNECT_TIMEOUT_MS: '300',
      DATABASE_STATEMENT_TIMEOUT_MS: '4000',
    });
    await query(
      databaseUrl,
      `CREATE FUNCTION sleep() RETURNS trigger AS $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$ LANGUAGE plpgsql`,
    );
    await query(
      databaseUrl,
      `CREATE TRIGGER sleep BEFORE INSERT ON todos FOR EACH ROW WHEN (NEW.title = 'sleep') EXECUTE FUNCTION sleep()`,
    );
    const sleepers = [1, 2].map(async () => client.post('/v1/todos', { title: 'sleep' }));
    await until(
      'the pool to be busy',
      async () => (await metric(instance.managementUrl, 'db_client_connections', { state: 'used' })) === 2,
    );
    expect(await client.get('/v1/todos')).toMatchObject(UNAVAILABLE);
    expect(await instance.probe('ready')).toBe(200);
    for (const answer of await Promise.all(sleepers)) expect(answer).toMatchObject(UNAVAILABLE);
    const asleep = await query(
      databaseUrl,
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
    );
    expect(asleep).toEqual([]);
    expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
  });

  it('keeps no connection for longer than its lifetime', async () => {
    const { client } = await start({ DATABASE_LIFETIME_SECONDS: '1' });
    const sessions = async () =>
      (
        await query<{ pid: number }>(
          databaseUrl,
          'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
          [facts.name],
        )
      ).map(({ pid }) => pid);
    await client.get('/v1/todos');
    const [first] = await until('a connection', async () => {
      const found = await sessions();
      return found.length > 0 && found;
    });
    await until('another one in its place', async () => {
      expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
      const found = await sessions();
      return found.length > 0 && first !== undefined && !found.includes(first);
    });
  });

  it('goes on with a new password, without a restart: requests, probes and the migrator', async () => {
    const { hostname, port, pathname } = new URL(databaseUrl);
    const file = join(await mkdtemp(join(tmpdir(), 'password-')), 'password');
    const role = `rotated_${Date.now()}`;
    const login = {
      DATABASE_URL: '',
      DATABASE_HOST: hostname,
      DATABASE_PORT: port,
      DATABASE_NAME: pathname.slice(1),
      DATABASE_USER: role,
      DATABASE_PASSWORD_FILE: file,
    };
    const rotate = async (password: string) => {
      await query(databaseUrl, `ALTER ROLE ${role} PASSWORD '${password}'`);
      writeFileSync(file, `${password}\n`);
    };
    await query(databaseUrl, `CREATE ROLE ${role} LOGIN IN ROLE ${appRole()}`);
    await rotate('first');
    const { service: instance, client } = await start(login);
    expect(await client.get('/v1/todos')).toMatchObject({ status: 200 });
    expect(await instance.probe('ready')).toBe(200);
    await rotate('second');
    await query(
      databaseUrl,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`,
    );
    await until('an answer', async () => (await client.get('/v1/todos')).status === 200);
    await until('readiness', async () => (await instance.probe('ready')) === 200);
    const check = async () => runToEnd('dist/database/migrate.js', ['--check'], login);
    expect(await check()).toMatchObject({ status: 0 });
    writeFileSync(file, 'first');
    expect(await check()).toMatchObject({
      status: 1,
      output: expect.stringContaining('password authentication failed for user') as string,
    });
    await instance.stop();
    await query(databaseUrl, `DROP ROLE ${role}`);
  });
});
