import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CountedResponse } from './counted-response';

interface Answer {
  readonly status: number;
  readonly bytes: number;
}

/** What is found to have been sent when `answer` has answered a request, and what the client received. */
async function exchange(answer: (response: CountedResponse) => void): Promise<[Answer, Answer]> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const server = createServer({ ServerResponse: CountedResponse }, (_request, response) => {
    response.once('close', () => {
      resolve({ status: response.sentStatus, bytes: response.bodyBytes });
    });
    answer(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const { byteLength: bytes } = await response.arrayBuffer();
  server.close();
  return [await promise, { status: response.status, bytes }];
}

describe('what was sent', () => {
  it('is the first status, whatever a late handler makes of it', async () => {
    const [sent, received] = await exchange((response) => {
      response.writeHead(503).end('late');
      response.statusCode = 200;
    });
    expect(received).toEqual({ status: 503, bytes: 4 });
    expect(sent).toEqual(received);
  });

  it('is every part of a body, in bytes and not in characters', async () => {
    const [sent, received] = await exchange((response) => {
      response.write('ä');
      response.write(Buffer.from('€'));
      response.write('e4', 'hex');
      response.end('🤦');
    });
    expect(received).toEqual({ status: 200, bytes: 2 + 3 + 1 + 4 });
    expect(sent).toEqual(received);
  });
});
