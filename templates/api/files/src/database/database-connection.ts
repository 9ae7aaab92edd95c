import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { LOGGER } from '../observability/logger';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5000;

/**
 * Makes the first contact with the database, however long that takes: an instance that starts before its database
 * says so in its probes, and needs no restart. What comes later is the pool's affair.
 */
@Injectable()
export class DatabaseConnection implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly first = Promise.withResolvers<undefined>();
  private readonly stopping = new AbortController();
  private isEstablished = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whether the database has answered once. */
  get established(): boolean {
    return this.isEstablished;
  }

  /** Resolves when the database has answered once. */
  async whenEstablished(): Promise<void> {
    await this.first.promise;
  }

  onApplicationBootstrap(): void {
    void this.connect();
  }

  onApplicationShutdown(): void {
    this.stopping.abort();
  }

  private async connect(): Promise<void> {
    const { signal } = this.stopping;
    for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      try {
        await this.dataSource.initialize();
        this.isEstablished = true;
        this.first.resolve(undefined);
        return;
      } catch (error) {
        this.logger.warn({ err: error, retry_ms: wait }, 'the database can not be reached, trying again');
        await delay(wait, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
