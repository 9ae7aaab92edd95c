import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { LOGGER } from '../../observability/logger';

const INTERVAL_MS = 10 * 60_000;
const BATCH = 1000;

/** Removes expired keys now and then, in batches that hold no lock for long. Every instance may do so at any time. */
@Injectable()
export class IdempotencyPurge implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.purge().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'expired idempotency keys were not removed, which is tried again');
      });
    }, INTERVAL_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Resolves with the number of removed keys. */
  async purge(): Promise<number> {
    for (let removed = 0; ;) {
      const [, count] = await this.dataSource.query<[unknown, number]>(
        `DELETE FROM idempotency_keys WHERE (user_id, key) IN (
           SELECT user_id, key FROM idempotency_keys WHERE expires_at < now() LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
         )`,
      );
      removed += count;
      if (count < BATCH) return removed;
    }
  }
}
