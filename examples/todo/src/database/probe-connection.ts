import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Client, type QueryResultRow } from 'pg';
import { probeClientConfig } from './data-source-options';

/** Well below the usual time limit of probes, so that these get a reason and not only silence. */
const LIMIT_MS = 1000;

/**
 * One connection for probes alone. A busy pool is no reason to take an instance out of service: under overload that
 * would take all of them out.
 */
@Injectable()
export class ProbeConnection implements OnApplicationShutdown {
  private client: Promise<Client> | undefined;

  /** Rejects within two seconds where the database does not answer; the next call then connects anew. */
  async query<Row extends QueryResultRow>(sql: string): Promise<readonly Row[]> {
    this.client ??= connect();
    const { client } = this;
    try {
      return (await (await client).query<Row>(sql)).rows;
    } catch (error) {
      if (this.client === client) this.client = undefined;
      void client.then(end, () => undefined);
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.then(end, () => undefined);
  }
}

async function connect(): Promise<Client> {
  const client = new Client(probeClientConfig(LIMIT_MS));
  // The next query says what is wrong.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Does not wait for a server that may never answer. */
function end(client: Client): void {
  client.end().catch(() => undefined);
}
