import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { taskEnvironments } from '../../scripts/infra/task-environment.mjs';
import { dataSourceOptions } from '../../src/database/data-source-options';
import { createAuthority, createCertificate } from '../support/certificates';
import { runToEnd, ServiceProcess } from '../support/child';
import { Client } from '../support/client';
import { createEmptyDatabase, query } from '../support/database';
import { serverUrl } from '../support/server';
import { until } from '../support/until';
import { RDS_IAM, RdsServer } from './rds-server';
import { TaskCredentials } from './task-credentials';
import { signedAt } from './token';

const MIGRATE = 'dist/database/migrate.js';
const REGION = 'eu-central-1';
const NOT_REACHED = 'the database can not be reached, trying again';
const TWENTY_MINUTES_MS = 20 * 60_000;

describe('a database on RDS, with the variables that Terraform gives to the tasks', () => {
  const name = `rds_${randomBytes(4).toString('hex')}`;
  const [owner, app] = [`${name}_owner`, `${name}_app`];
  const ownerPassword = 'planted-password-of-the-owner';
  const authorityFile = join(mkdtempSync(join(tmpdir(), 'rds-')), 'authority.pem');
  let database: string;
  let task: TaskCredentials;
  let rds: RdsServer;

  beforeAll(async () => {
    const authority = await createAuthority();
    writeFileSync(authorityFile, authority.cert);
    database = await createEmptyDatabase();
    // As RDS makes a server: with this role, and an owner that may give it to others.
    await query(serverUrl(), `CREATE ROLE ${RDS_IAM}`);
    await query(serverUrl(), `CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD '${ownerPassword}'`);
    await query(serverUrl(), `GRANT ${RDS_IAM} TO ${owner} WITH ADMIN OPTION, INHERIT FALSE, SET FALSE`);
    await query(database, `ALTER DATABASE ${new URL(database).pathname.slice(1)} OWNER TO ${owner}`);
    task = await TaskCredentials.start();
    rds = await RdsServer.start({
      url: serverUrl(),
      certificate: await createCertificate(authority, 'localhost'),
      region: REGION,
      credentials: task.credentials,
    });
    expect(await migrate()).toMatchObject({ status: 0 });
  });

  afterAll(async () => {
    await rds.stop();
    await task.stop();
    await query(
      database,
      `REASSIGN OWNED BY ${owner} TO CURRENT_USER; DROP OWNED BY ${owner}, ${app}; DROP ROLE ${app}; DROP ROLE ${owner}, ${RDS_IAM}`,
    );
  });

  /** Only whom to trust differs: the certificates of RDS can't be had for a test. */
  const trust = { DATABASE_TLS_CA: '', DATABASE_TLS_CA_FILE: authorityFile };

  async function variables() {
    const tasks = await taskEnvironments({
      'var.database.endpoint': 'localhost',
      'var.database.port': String(rds.port),
      'var.database.name': new URL(database).pathname.slice(1),
      'var.database.app_user': app,
      'var.database.master_username': owner,
      'var.database.master_secret_arn:password': ownerPassword,
      'data.aws_region.current.region': REGION,
      'var.container_port': '0',
      'var.management_port': '0',
      'var.drain_ms': '0',
      'var.shutdown_ms': '25000',
      'var.pool_size': '3',
    });
    const more = { ENVIRONMENT: 'test', ALLOW_ANONYMOUS: 'true' };
    return {
      service: { ...tasks.service, ...more, ...task.environment },
      migration: { ...tasks.migration, ...more },
    };
  }

  const migrate = async () => runToEnd(MIGRATE, [], { ...(await variables()).migration, ...trust });

  const start = async (more: Readonly<Record<string, string>> = {}, options = { connected: true }) =>
    ServiceProcess.start({ ...(await variables()).service, ...trust, ...more }, options);

  async function readiness({ managementUrl }: ServiceProcess) {
    const response = await fetch(`${managementUrl}/health/ready`);
    const { checks } = (await response.json()) as { checks: Record<string, { reason?: string }> };
    return { status: response.status, reason: checks.database?.reason };
  }

  const todos = async ({ url }: ServiceProcess) => (await new Client(url).get('/v1/todos')).status;

  it('is migrated with the password of the owner, who keeps it, for a role that has none', async () => {
    expect(await migrate()).toMatchObject({ status: 0 });
    const passwords = rds.loginsOf(owner).map(({ password }) => password);
    expect(passwords.length).toBeGreaterThanOrEqual(2);
    expect(new Set(passwords)).toEqual(new Set([ownerPassword]));
    expect(await query(serverUrl(), 'SELECT rolpassword FROM pg_authid WHERE rolname = $1', [app])).toEqual([
      { rolpassword: null },
    ]);
  });

  it('lets in what the code makes of these variables, and believes RDS alone where nothing else is said', async () => {
    const original = process.env;
    const { service } = await variables();
    try {
      process.env = { ...service, ...trust };
      const source = await new DataSource(dataSourceOptions()).initialize();
      expect(await source.query('SELECT current_user AS role')).toEqual([{ role: app }]);
      await source.destroy();
      process.env = { ...service };
      const { ssl } = dataSourceOptions() as { ssl: { ca: readonly string[] } };
      expect(ssl.ca).toHaveLength(3);
    } finally {
      process.env = original;
    }
  });

  it('lets the service in with a token of its own for each connection, signed with the role of the task', async () => {
    const asked = task.asked;
    const earlier = rds.loginsOf(app).length;
    const service = await start();
    try {
      await until('readiness', async () => (await readiness(service)).status === 200);
      expect(await todos(service)).toBe(200);
      const first = rds.loginsOf(app).slice(earlier);
      // Tokens differ by the second in which they were signed.
      await delay(1100);
      rds.endSessions();
      await until(
        'new connections',
        async () => (await readiness(service)).status === 200 && (await todos(service)) === 200,
      );
      const second = rds.loginsOf(app).slice(earlier + first.length);
      // Each time those of the pool and that of the probes.
      for (const logins of [first, second]) expect(logins.length).toBeGreaterThanOrEqual(2);
      for (const { problem } of [...first, ...second]) expect(problem).toBeUndefined();
      const [last = ''] = first
        .map(({ password }) => signedAt(password))
        .sort()
        .reverse();
      for (const { password } of second) expect(signedAt(password) > last).toBe(true);
      expect(task.asked - asked).toBe(1);
    } finally {
      await service.stop();
    }
    expect(service.output()).not.toMatch(/X-Amz-|planted/);
  });

  it('that refuses tokens which have expired is no longer ready, and says so; the service goes on when they hold again', async () => {
    const service = await start();
    try {
      await until('readiness', async () => (await readiness(service)).status === 200);
      rds.clockAheadMs = TWENTY_MINUTES_MS;
      rds.endSessions();
      const refused = await until('a refusal', async () => {
        const answer = await readiness(service);
        return answer.status === 503 && answer.reason?.startsWith('PAM') && answer;
      });
      expect(refused).toEqual({ status: 503, reason: `PAM authentication failed for user "${app}"` });
      expect(await todos(service)).toBe(503);
      expect(rds.loginsOf(app).at(-1)?.problem).toBe('has expired');
      expect(await service.probe('live')).toBe(200);
      const line = service
        .logs()
        .find(({ err }) => JSON.stringify(err ?? '').includes('PAM authentication failed'));
      expect(line).toBeDefined();
      rds.clockAheadMs = 0;
      await until('readiness', async () => (await readiness(service)).status === 200);
      expect(await todos(service)).toBe(200);
    } finally {
      rds.clockAheadMs = 0;
      await service.stop();
    }
  });

  it.each([
    ['another region', { AWS_REGION: 'eu-west-1' }, 'X-Amz-Credential'],
    [
      'credentials that are not of the task',
      { AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'x' },
      'X-Amz-Credential',
    ],
  ])('keeps a token of %s out', async (_, environment, problem) => {
    const before = rds.loginsOf(app).length;
    const service = await start(environment, { connected: false });
    try {
      const line = await until('a reason', () => service.logs().find(({ msg }) => msg === NOT_REACHED));
      expect(JSON.stringify(line)).toContain(`PAM authentication failed for user \\"${app}\\"`);
      expect(rds.loginsOf(app)[before]?.problem).toContain(problem);
      expect(await service.probe('ready')).toBe(503);
    } finally {
      await service.stop();
    }
  });

  it('is not reached where the task has no credentials, which is said, and is as soon as it has', async () => {
    task.broken = true;
    const service = await start({}, { connected: false });
    try {
      const line = await until('a reason', () => service.logs().find(({ msg }) => msg === NOT_REACHED));
      expect(JSON.stringify(line)).toContain('there is no token of IAM to log in with: ');
      expect((await readiness(service)).reason).toContain('there is no token of IAM to log in with: ');
      task.broken = false;
      await until('readiness', async () => (await readiness(service)).status === 200);
    } finally {
      task.broken = false;
      await service.stop();
    }
  });

  it('gets no token from who does not know its certificate', async () => {
    const before = rds.logins.length;
    const environment = { DATABASE_TLS_CA: 'rds', DATABASE_TLS_CA_FILE: '' };
    const service = await start(environment, { connected: false });
    try {
      const line = await until('a reason', () => service.logs().find(({ msg }) => msg === NOT_REACHED));
      expect(JSON.stringify(line)).toMatch(/unable to verify|self-signed certificate/);
      expect(rds.logins.length).toBe(before);
    } finally {
      await service.stop();
    }
  });

  it('gets no token in the clear', async () => {
    const received: Buffer[] = [];
    const server = createServer((socket) => {
      socket
        .on('error', () => undefined)
        .on('data', (bytes) => {
          received.push(bytes);
          socket.write('N');
        });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const service = await start({ DATABASE_PORT: String(port) }, { connected: false });
    try {
      const line = await until('a reason', () => service.logs().find(({ msg }) => msg === NOT_REACHED));
      expect(JSON.stringify(line)).toContain('The server does not support SSL connections');
      expect(Buffer.concat(received).length).toBe(received.length * 8);
    } finally {
      await service.stop();
      server.close();
    }
  });
});
