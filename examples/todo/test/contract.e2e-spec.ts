import { Client as Connection } from 'pg';
import { ServiceProcess } from './support/child';
import { Client } from './support/client';
import { checkAnswer, operations } from './support/contract';
import { createDatabase, query } from './support/database';
import { metric } from './support/metrics';
import { sendRaw } from './support/raw-request';
import { until } from './support/until';

const MISSING = '01890a5d-ac96-774b-bcce-b302099a8057';
const ENDLESS = 'x'.repeat(500);
const JSON_TYPE = { 'content-type': 'application/json' };
const ANY = { 'if-match': '*' };
const UNLIMITED = { RATE_LIMIT_REQUESTS: '0', OVERLOAD_EVENT_LOOP_DELAY_MS: '0' };

type Exercise = () => Promise<{ readonly status: number }>;

describe('the contract', () => {
  let databaseUrl: string;
  let service: ServiceProcess;
  let limited: ServiceProcess;
  let disconnected: ServiceProcess;
  let client: Client;
  let id: string;

  beforeAll(async () => {
    databaseUrl = await createDatabase();
    [service, limited, disconnected] = await Promise.all([
      ServiceProcess.start({
        ...UNLIMITED,
        DATABASE_URL: databaseUrl,
        BODY_LIMIT_BYTES: '2048',
        HEADERS_TIMEOUT_MS: '3500',
        KEEP_ALIVE_TIMEOUT_MS: '3400',
        BALANCER_IDLE_TIMEOUT_MS: '3300',
        REQUEST_TIMEOUT_MS: '3200',
        DATABASE_CONNECT_TIMEOUT_MS: '1500',
        DATABASE_STATEMENT_TIMEOUT_MS: '1500',
        DATABASE_LOCK_TIMEOUT_MS: '200',
        REQUIRE_IF_MATCH: 'true',
      }),
      ServiceProcess.start({ DATABASE_URL: databaseUrl, RATE_LIMIT_REQUESTS: '1' }),
      ServiceProcess.start(
        { ...UNLIMITED, DATABASE_URL: 'postgres://x@127.0.0.1:1/x' },
        { connected: false },
      ),
    ]);
    client = new Client(service.url);
    await new Client(limited.url).get('/version');
  });

  beforeEach(async () => {
    id = (await client.post('/v1/todos', { title: 'Buy milk' })).body.id as string;
  });

  afterAll(async () => {
    await Promise.all([service, limited, disconnected].map(async (instance) => instance.stop()));
  });

  /** Sends what a client of HTTP would refuse to send. */
  async function raw(method: string, path: string, head: readonly string[], body = '') {
    const text = [`${method} ${path} HTTP/1.1`, ...head, '', body].join('\r\n');
    const answer = await sendRaw(service.url, text);
    const type = answer.headers.get('content-type')?.replace(/;.*/, '') ?? '';
    checkAnswer(method, path, { ...answer, type });
    return answer;
  }
  const withoutHost = async (method: string, path: string) => raw(method, path, ['Connection: close']);
  const withHalfABody = async (method: string, path: string) =>
    raw(
      method,
      path,
      ['Host: localhost', 'Content-Type: application/json', 'Content-Length: 20'],
      '{"title":',
    );

  /** Sends while something is different in the database. */
  async function whileChanged(change: string, undo: string, send: Exercise) {
    await query(databaseUrl, change);
    try {
      return await send();
    } finally {
      await query(databaseUrl, undo);
    }
  }
  const withoutTodos = async (send: Exercise) =>
    whileChanged('ALTER TABLE todos RENAME TO hidden', 'ALTER TABLE hidden RENAME TO todos', send);

  /** Sends while another request with the same key is being served. */
  async function whileTheKeyIsTaken(key: string, send: Exercise) {
    const other = new Connection({ connectionString: databaseUrl });
    await other.connect();
    await other.query('BEGIN');
    await other.query(
      `INSERT INTO idempotency_keys (user_id, key, fingerprint, expires_at) VALUES ('anonymous', $1, '', now())`,
      [key],
    );
    try {
      return await send();
    } finally {
      await other.end();
    }
  }

  /** Sends to an instance whose only connection is taken, and waited for. */
  async function whileCrowded(send: (instance: ServiceProcess) => ReturnType<Exercise>) {
    const crowded = await ServiceProcess.start({
      ...UNLIMITED,
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: '1',
      OVERLOAD_POOL_WAITING: '1',
    });
    const other = new Connection({ connectionString: databaseUrl });
    await other.connect();
    await other.query('BEGIN; LOCK TABLE todos IN ACCESS EXCLUSIVE MODE');
    const waiting = [1, 2].map(async () => new Client(crowded.url).get('/v1/todos'));
    try {
      const pending = 'db_client_connection_pending_requests';
      await until('a request to wait', async () => (await metric(crowded.managementUrl, pending)) === 1);
      return await send(crowded);
    } finally {
      await other.end();
      await Promise.all(waiting);
      await crowded.stop();
    }
  }

  const one = (todo = id) => `/v1/todos/${todo}`;
  const send = async (method: string, path: string, instance = service) =>
    new Client(instance.url).send(method, path, {
      headers: { ...JSON_TYPE, ...ANY },
      ...(/POST|PATCH/.test(method) && { body: '{"title":"Buy milk"}' }),
    });
  const typed = async (method: string, path: string, type: string, body: string) =>
    client.send(method, path, { headers: { 'content-type': type, ...ANY }, body });

  const exercises: Readonly<Record<string, Readonly<Record<number, Exercise>>>> = {
    createTodo: {
      201: async () => send('POST', '/v1/todos'),
      400: async () => typed('POST', '/v1/todos', 'application/json', '{'),
      408: async () => withHalfABody('POST', '/v1/todos'),
      409: async () =>
        whileTheKeyIsTaken('taken', async () =>
          client.post('/v1/todos', { title: 'Buy milk' }, { 'idempotency-key': 'taken' }),
        ),
      413: async () => client.post('/v1/todos', { title: 'x'.repeat(3000) }),
      415: async () => typed('POST', '/v1/todos', 'text/plain', 'x'),
      422: async () => client.post('/v1/todos', { title: '' }),
      429: async () => send('POST', '/v1/todos', limited),
      500: async () => withoutTodos(async () => send('POST', '/v1/todos')),
      503: async () => send('POST', '/v1/todos', disconnected),
    },
    listTodos: {
      200: async () => client.get('/v1/todos?limit=1'),
      400: async () => client.get('/v1/todos?cursor=x'),
      422: async () => client.get('/v1/todos?limit=0'),
      429: async () => send('GET', '/v1/todos', limited),
      500: async () => withoutTodos(async () => client.get('/v1/todos')),
      503: async () => send('GET', '/v1/todos', disconnected),
    },
    getTodo: {
      200: async () => client.get(one()),
      304: async () => client.get(one(), { 'if-none-match': '"1"' }),
      400: async () => client.get(one('nope')),
      404: async () => client.get(one(MISSING)),
      414: async () => client.get(one(ENDLESS)),
      429: async () => send('GET', one(), limited),
      500: async () => withoutTodos(async () => client.get(one())),
      503: async () => send('GET', one(), disconnected),
    },
    updateTodo: {
      200: async () => send('PATCH', one()),
      400: async () => send('PATCH', one('nope')),
      404: async () => send('PATCH', one(MISSING)),
      408: async () => withHalfABody('PATCH', one()),
      412: async () => client.patch(one(), { completed: true }, { 'if-match': '"7"' }),
      413: async () => client.patch(one(), { title: 'x'.repeat(3000) }, ANY),
      414: async () => send('PATCH', one(ENDLESS)),
      415: async () => typed('PATCH', one(), 'text/plain', 'x'),
      422: async () => client.patch(one(), { title: '' }, ANY),
      428: async () => client.patch(one(), { completed: true }),
      429: async () => send('PATCH', one(), limited),
      500: async () => withoutTodos(async () => send('PATCH', one())),
      503: async () => send('PATCH', one(), disconnected),
    },
    deleteTodo: {
      204: async () => client.delete(one(), ANY),
      400: async () => client.delete(one('nope'), ANY),
      404: async () => client.delete(one(MISSING), ANY),
      412: async () => client.delete(one(), { 'if-match': '"7"' }),
      414: async () => client.delete(one(ENDLESS), ANY),
      428: async () => client.delete(one()),
      429: async () => send('DELETE', one(), limited),
      500: async () => withoutTodos(async () => client.delete(one(), ANY)),
      503: async () => send('DELETE', one(), disconnected),
    },
    getVersion: {
      200: async () => client.get('/version'),
      400: async () => withoutHost('GET', '/version'),
      429: async () => send('GET', '/version', limited),
      500: async () =>
        whileChanged(
          'ALTER TABLE migrations RENAME COLUMN name TO hidden',
          'ALTER TABLE migrations RENAME COLUMN hidden TO name',
          async () => client.get('/version'),
        ),
      503: async () => whileCrowded(async (instance) => send('GET', '/version', instance)),
    },
  };
  const pairs = operations.flatMap(({ operationId, responses }) =>
    Object.keys(responses).map((status) => [operationId, Number(status)] as const),
  );

  it.each(pairs)('%s answers %i as documented', async (operationId, status) => {
    const exercise = exercises[operationId]?.[status];
    if (!exercise) throw new Error(`Nothing exercises the documented answer ${status} of ${operationId}.`);
    expect(await exercise()).toMatchObject({ status });
  });

  it('is exercised nowhere beyond what is documented', () => {
    const exercised = Object.entries(exercises).flatMap(([operationId, statuses]) =>
      Object.keys(statuses).map((status) => `${operationId} ${status}`),
    );
    expect(exercised.sort()).toEqual(pairs.map((pair) => pair.join(' ')).sort());
  });
});
