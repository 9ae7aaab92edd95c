import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { load } from './load.mjs';

const METRICS = 'process_cpu_seconds_total{service="x"} 1.5\nprocess_resident_memory_bytes 1024\n';
const SCENARIO = { name: 'read one', requests: [{ path: '/todo' }] };

describe('load', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.close();
  });

  /** A stand-in for the service, with metrics. */
  async function serve(answer: RequestListener): Promise<Parameters<typeof load>[0]> {
    server = createServer((request, response) => {
      if (request.url === '/metrics') response.end(METRICS);
      else answer(request, response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, managementUrl: url };
  }

  it('counts answers', async () => {
    const service = await serve((_request, response) => response.end('ok'));
    const figures = await load(service, SCENARIO, { connections: 2, seconds: 1 });
    expect(figures).toMatchObject({ cpuMs: 0, p50Ms: expect.any(Number), p99Ms: expect.any(Number) });
    expect(Math.min(figures.requests, figures.requestsPerSecond)).toBeGreaterThan(0);
  });

  it('fails where an answer is not 2xx', async () => {
    let count = 0;
    const service = await serve((_request, response) => {
      count += 1;
      response.writeHead(count === 10 ? 503 : 200).end();
    });
    await expect(load(service, SCENARIO, { connections: 2, seconds: 1 })).rejects.toThrow('1 × 503');
  });

  it('fails where an answer is missing', async () => {
    const service = await serve((request) => request.destroy());
    await expect(load(service, SCENARIO, { connections: 2, seconds: 1 })).rejects.toThrow(
      'without an answer',
    );
  });

  it('ends when it is interrupted', async () => {
    const service = await serve((_request, response) => response.end());
    const interruption = new AbortController();
    const run = load(service, SCENARIO, { connections: 2, seconds: 60, signal: interruption.signal });
    setTimeout(() => {
      interruption.abort(new Error('Interrupted.'));
    }, 200);
    await expect(run).rejects.toThrow('Interrupted.');
  });
});
