import { runToEnd, ServiceProcess } from './support/child';
import { Client } from './support/client';
import { createDatabase } from './support/database';
import { sendRaw } from './support/raw-request';
import { until } from './support/until';

const SECRET = 'planted-5ecr3t';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.cGxhbnRlZC01ZWNyM3Q.cGxhbnRlZC01ZWNyM3Q';

/** Every detail is logged, and an error that nobody handles can be asked for. */
const SETTINGS = {
  LOG_LEVEL: 'trace',
  RATE_LIMIT_REQUESTS: '0',
  AWS_SECRET_ACCESS_KEY: SECRET,
  API_TOKEN: SECRET,
  NODE_OPTIONS: '--import=./test/support/crash.mjs',
};

const CREDENTIALS = {
  authorization: `Bearer ${SECRET}`,
  'proxy-authorization': `Basic ${SECRET}`,
  cookie: `session=${SECRET}; other=${TOKEN}`,
  'set-cookie': `session=${SECRET}`,
  'x-api-key': SECRET,
  'x-request-id': `${SECRET} ${SECRET}`,
  traceparent: SECRET,
  'content-type': 'application/json',
};

/** Requests that succeed, and ones that are refused in every part of the service, with secrets in all places. */
async function tryEverything(url: string): Promise<number> {
  const client = new Client(url, CREDENTIALS);
  const query = `password=${SECRET}&access_token=${TOKEN}&to=https://u:${SECRET}@example.com`;
  const bodies = [
    JSON.stringify({ title: SECRET }),
    JSON.stringify({ title: 'a', password: SECRET, nested: [{ deeper: { apiKey: SECRET } }] }),
    JSON.stringify({ title: { token: SECRET } }),
    JSON.stringify([SECRET]),
    `{"password": ${SECRET}`,
    `"${SECRET}"`,
  ];
  const paths = [
    `/v1/todos?${query}`,
    `/v1/todos/${SECRET}?${query}`,
    `/${SECRET}/?${query}`,
    `/%zz?${query}`,
  ];
  for (const path of paths) await client.get(path);
  for (const body of bodies) await client.send('POST', `/v1/todos?${query}`, { body });
  await client.send('PUT', `/v1/todos?${query}`, {});
  await client.post('/v1/todos', { title: 'a' }, { 'content-type': SECRET });
  await client.post('/v1/todos', { title: 'a' }, { 'idempotency-key': `"${SECRET}"`, 'if-match': SECRET });
  const head = `Host: a\r\nAuthorization: Basic ${SECRET}\r\nConnection: close\r\n`;
  await sendRaw(url, `POST /v1/todos HTTP/1.1\r\n${head}Cookie ${SECRET}\r\n\r\n`);
  await sendRaw(url, `POST /v1/todos HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n${SECRET}\r\n`);
  return paths.length + bodies.length + 5;
}

async function finish(service: ServiceProcess, requests: number): Promise<void> {
  await until('every access log', () => service.accessLog().length === requests);
  service.signal('SIGUSR2');
  expect(await service.ended()).toBe(1);
  expect(service.logs().at(-1)).toMatchObject({ level: 'fatal', err: { cause: { type: 'Error' } } });
  for (const secret of [SECRET, TOKEN, TOKEN.split('.')[1]]) expect(service.output()).not.toContain(secret);
}

describe('a process that is full of secrets', () => {
  let databaseUrl: string;
  let refusedUrl: string;

  beforeAll(async () => {
    databaseUrl = await createDatabase();
    const url = new URL(databaseUrl);
    url.password = SECRET;
    refusedUrl = url.href;
  });

  it('never writes a secret, whatever happens', async () => {
    const service = await ServiceProcess.start({ ...SETTINGS, DATABASE_URL: databaseUrl });
    await finish(service, await tryEverything(service.url));
  });

  it('never writes one where the database refuses its password', async () => {
    const { hostname, port, pathname, username } = new URL(refusedUrl);
    const settings = {
      ...SETTINGS,
      DATABASE_HOST: hostname,
      DATABASE_PORT: port,
      DATABASE_NAME: pathname.slice(1),
      DATABASE_USER: username,
      DATABASE_PASSWORD: SECRET,
    };
    const service = await ServiceProcess.start(settings, { connected: false });
    await until('the refusal', () => service.output().includes('password authentication failed'));
    await finish(service, await tryEverything(service.url));
  });

  it('never writes one where it migrates and may not', async () => {
    const migration = await runToEnd('dist/database/migrate.js', [], {
      ...SETTINGS,
      DATABASE_URL: refusedUrl,
    });
    expect(migration.status).toBe(1);
    expect(migration.output).toContain('password authentication failed');
    expect(migration.output).not.toContain(SECRET);
  });
});
