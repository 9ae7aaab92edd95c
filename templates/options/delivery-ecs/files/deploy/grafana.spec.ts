import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { release } from '#deploy/core/examples';
import { recordOf } from '#deploy/core/record';
import { annotate } from '#deploy/grafana';

const record = recordOf(release(3), 'staging');

let server: Server;
let status: number;
let received: { url: string | undefined; headers: IncomingMessage['headers']; body: unknown } | undefined;

beforeEach(async () => {
  status = 200;
  received = undefined;
  server = createServer((request, response) => {
    void text(request).then((body) => {
      received = { url: request.url, headers: request.headers, body: JSON.parse(body) as unknown };
      response.writeHead(status).end('{"message":"Annotation added","id":1}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const url = (path = ''): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

describe('an annotation', () => {
  it.each(['', '/', '/grafana', '/grafana/'])('is made where Grafana is at %p', async (path) => {
    expect(await annotate({ url: url(path), token: 'secret' }, record, 'todo')).toBeUndefined();
    expect(received?.url).toBe(`${path.replace(/\/$/, '')}/api/annotations`);
    expect(received?.headers.authorization).toBe('Bearer secret');
    expect(received?.body).toMatchObject({
      tags: expect.arrayContaining(['deployment', 'environment:staging']),
    });
  });

  it('is not made where there is no Grafana', async () => {
    expect(await annotate({ url: undefined, token: undefined }, record, 'todo')).toBeUndefined();
    expect(await annotate({ url: '', token: '' }, record, 'todo')).toBeUndefined();
  });

  it('that can not be made says why', async () => {
    status = 403;
    expect(await annotate({ url: url(), token: 'old' }, record, 'todo')).toBe('Grafana answers 403');
    expect(await annotate({ url: url(), token: undefined }, record, 'todo')).toContain('have to be set both');
    expect(await annotate({ url: 'no address', token: 'x' }, record, 'todo')).toMatch(
      /^Grafana does not answer/,
    );
    expect(await annotate({ url: 'http://127.0.0.1:1', token: 'x' }, record, 'todo')).toMatch(
      /^Grafana does not answer/,
    );
  });
});
