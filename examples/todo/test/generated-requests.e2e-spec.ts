import fc from 'fast-check';
import { startApp, type TestApp } from './support/app';
import { type Answer, Client } from './support/client';
import { operations } from './support/contract';
import { allowedRequests, type GeneratedRequest, spoiledRequests } from './support/generated-requests';

/** The same requests in each run; a failure shows the smallest request that fails. */
const RUN = { seed: 20_260_101, numRuns: 100 };

describe('generated requests', () => {
  let service: TestApp;
  let client: Client;
  let ids: string[];

  beforeAll(async () => {
    // What makes up the requests works in the same event loop.
    service = await startApp({ OVERLOAD_EVENT_LOOP_DELAY_MS: '0' });
    client = new Client(service.url);
  });

  beforeEach(async () => {
    const create = async () => (await client.post('/v1/todos', { title: 'Buy milk' })).body.id as string;
    ids = await Promise.all([1, 2, 3].map(create));
  });

  afterAll(async () => {
    await service.close();
  });

  /** The client refuses an answer that is not documented. */
  async function send(method: string, template: string, request: GeneratedRequest): Promise<Answer> {
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(request.path[name])),
    );
    const query = new URLSearchParams(
      Object.entries(request.query).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    const headers = Object.entries(request.header).map(([name, value]) => [name, String(value)]);
    return client.send(method, query === '' ? path : `${path}?${query}`, {
      headers: {
        ...Object.fromEntries(headers),
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(request.body !== undefined && { body: request.body }),
    });
  }

  const named = operations.map((operation) => ({ ...operation, name: operation.operationId }));

  it.each(named)('that the document of $name allows are not refused as invalid', async (operation) => {
    const { method, path } = operation;
    await fc.assert(
      fc.asyncProperty(allowedRequests(operation, ids), async (request) => {
        const { status, body } = await send(method, path, request);
        // Chance may repeat the key of another request, and hardly hits upon a cursor of the service.
        const isByChance =
          (status === 422 && body.errors === undefined) || (status === 400 && 'cursor' in request.query);
        if (!isByChance) expect([200, 201, 204, 304, 404, 412]).toContain(status);
      }),
      RUN,
    );
  });

  it.each(named)('that are spoiled get a documented answer of $name, and none of 5xx', async (operation) => {
    const { method, path } = operation;
    await fc.assert(
      fc.asyncProperty(spoiledRequests(operation, ids), async (request) => {
        expect((await send(method, path, request)).status).toBeLessThan(500);
      }),
      RUN,
    );
  });
});
