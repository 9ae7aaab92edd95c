import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Takes annotations as Grafana does, or refuses them, and keeps what it was sent. */
export class Grafana {
  readonly marks: object[] = [];
  private readonly server: Server;
  private readonly status: number;

  /** @param status What it answers. */
  constructor(status = 200) {
    this.status = status;
    this.server = createServer((request, response) => {
      void this.take(request, response);
    });
  }

  async start(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  /** What tells a command where it is. */
  get variables(): NodeJS.ProcessEnv {
    const { port } = this.server.address() as AddressInfo;
    return { GRAFANA_URL: `http://127.0.0.1:${port}`, GRAFANA_TOKEN: 'of-nobody' };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await text(request)) as object;
    this.marks.push({ url: request.url, user: request.headers.authorization, ...body });
    response.writeHead(this.status).end('{}');
  }
}
