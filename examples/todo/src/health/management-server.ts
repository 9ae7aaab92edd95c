import { Inject, Injectable } from '@nestjs/common';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { LOGGER } from '../observability/logger';
import { Metrics } from '../observability/metrics';
import { Readiness } from './readiness';

/**
 * Probes and metrics, on a port of their own that no balancer exposes: not limited, not logged, not counted,
 * and still answering while the public listener drains.
 */
@Injectable()
export class ManagementServer {
  private readonly server = createServer((request, response) => {
    this.answer(request.url ?? '/', response).catch((error: unknown) => {
      this.logger.error({ err: error }, 'the management server failed');
      sendJson(response, 500, { status: 'error' });
    });
  });

  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Rejects with the error of the listener, e.g. `EADDRINUSE`. Resolves with the port. */
  async listen(port: number, host: string): Promise<number> {
    this.server.listen(port, host);
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(url: string, response: ServerResponse): Promise<void> {
    switch (url.replace(/\?.*$/, '')) {
      case '/health/live':
        sendJson(response, 200, { status: 'live' });
        return;
      case '/health/startup':
        sendJson(response, this.readiness.started ? 200 : 503, {
          status: this.readiness.started ? 'started' : 'starting',
        });
        return;
      case '/health/ready': {
        const report = await this.readiness.report();
        sendJson(response, report.status === 'ready' ? 200 : 503, report);
        return;
      }
      case '/metrics': {
        const { contentType, body } = await this.metrics.expose();
        response.writeHead(200, { 'content-type': contentType }).end(body);
        return;
      }
      default:
        sendJson(response, 404, { status: 'not found' });
    }
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}
