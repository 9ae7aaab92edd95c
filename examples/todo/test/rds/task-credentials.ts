import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Credentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
}

const AUTHORIZATION = 'planted-authorization';
const LIFETIME_MS = 6 * 3_600_000;

/** Where ECS gives a task the credentials of its role. It stands in for the real one, and can be broken. */
export class TaskCredentials {
  /** How often somebody asked. */
  asked = 0;
  broken = false;
  readonly credentials: Credentials = {
    AccessKeyId: 'ASIAPLANTED',
    SecretAccessKey: 'planted-secret',
    Token: 'planted/session+token==',
  };

  private readonly server = createServer((request, response) => {
    this.asked += 1;
    if (this.broken || request.headers.authorization !== AUTHORIZATION) {
      response.writeHead(500).end('{}');
      return;
    }
    const Expiration = new Date(Date.now() + LIFETIME_MS).toISOString();
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...this.credentials, Expiration }));
  });

  static async start(): Promise<TaskCredentials> {
    const endpoint = new TaskCredentials();
    endpoint.server.listen(0, '127.0.0.1');
    await once(endpoint.server, 'listening');
    return endpoint;
  }

  /** What ECS adds to the variables of a task. */
  get environment(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    return {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: AUTHORIZATION,
    };
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
