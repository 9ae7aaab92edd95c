import { startApp, type TestApp } from './support/app';
import { type Answer, Client } from './support/client';
import { query } from './support/database';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('errors', () => {
  let service: TestApp;
  let client: Client;

  beforeAll(async () => {
    service = await startApp({ BODY_LIMIT_BYTES: '2048' });
    client = new Client(service.url);
  });

  afterAll(async () => {
    await service.close();
  });

  const cases: [string, number, string, () => Promise<Answer>][] = [
    ['an unknown route', 404, 'not-found', () => client.get('/nope?token=planted')],
    ['another method', 405, 'method-not-allowed', () => client.send('PUT', '/v1/todos', {})],
    [
      'another method on one todo',
      405,
      'method-not-allowed',
      () => client.post('/v1/todos/01890a5d-ac96-774b-bcce-b302099a8057', {}),
    ],
    ['a malformed URL', 400, 'bad-request', () => client.get('/v1/todos/%zz')],
    ['an endless URL', 414, 'uri-too-long', () => client.get(`/v1/todos/${'a'.repeat(500)}`)],
    [
      'malformed JSON',
      400,
      'bad-request',
      () => client.send('POST', '/v1/todos', { headers: JSON_TYPE, body: '{"title":' }),
    ],
    ['no body', 400, 'bad-request', () => client.send('POST', '/v1/todos', { headers: JSON_TYPE, body: '' })],
    [
      'a poisoned prototype',
      400,
      'bad-request',
      () => client.send('POST', '/v1/todos', { headers: JSON_TYPE, body: '{"__proto__":{}}' }),
    ],
    [
      'a body that is too large',
      413,
      'payload-too-large',
      () => client.post('/v1/todos', { title: 'x'.repeat(3000) }),
    ],
    [
      'another media type',
      415,
      'unsupported-media-type',
      () => client.send('POST', '/v1/todos', { headers: { 'content-type': 'text/plain' }, body: 'x' }),
    ],
    ['an invalid todo', 422, 'invalid-fields', () => client.post('/v1/todos', { title: '' })],
  ];

  it.each(cases)('answers %s with %i as problem details', async (_, status, kind, send) => {
    const answer = await send();
    expect(answer).toMatchObject({ status, type: 'application/problem+json' });
    const { type, title, detail, instance, requestId } = answer.body as Record<string, string>;
    expect(answer.body.status).toBe(status);
    expect(type).toBe(`urn:problem:${kind}`);
    expect([title, detail].every((text) => typeof text === 'string' && text.length > 0)).toBe(true);
    expect(instance).toMatch(/^\/[^?]*$/);
    expect(requestId).toBe(answer.headers.get('x-request-id'));
  });

  it('names the methods that a path knows', async () => {
    const { headers } = await client.send('PUT', '/v1/todos', {});
    expect(headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('says nothing of the database when a query fails', async () => {
    const { databaseUrl: url } = service;
    await query(url, 'ALTER TABLE todos RENAME TO hidden');
    try {
      const answer = await client.get('/v1/todos');
      expect(answer).toMatchObject({ status: 500, type: 'application/problem+json' });
      expect(JSON.stringify(answer.body)).not.toMatch(/relation|select|postgres|stack|hidden/i);
    } finally {
      await query(url, 'ALTER TABLE hidden RENAME TO todos');
    }
  });

  it('answers no input with a 5xx', async () => {
    const odd = [
      '\0',
      '\ud800',
      '"',
      "'; DROP TABLE todos",
      '%',
      '\\',
      '{{7*7}}',
      '🤦',
      '9'.repeat(400),
      'null',
      '-1',
      'Infinity',
    ];
    for (const text of odd) {
      const encoded = encodeURIComponent(text.replace('\ud800', '\ufffd'));
      const answers = await Promise.all([
        client.post('/v1/todos', { title: text, description: text, dueAt: text }),
        client.post('/v1/todos', { title: text, description: text }),
        client.get(`/v1/todos?q=${encoded}`),
        client.get(`/v1/todos?cursor=${encoded}`),
        client.get(`/v1/todos?limit=${encoded}`),
        client.get(`/v1/todos/${encoded}`),
        client.patch('/v1/todos/01890a5d-ac96-774b-bcce-b302099a8057', { title: text }),
      ]);
      expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    }
  });

  it('sends the headers that keep browsers safe, and does not say what it is made of', async () => {
    const { headers } = await client.get('/v1/todos');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-powered-by')).toBeNull();
    // Nobody says that it came through TLS.
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});
