import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { LOGGER } from '../../observability/logger';
import { idempotencyEnvironment } from './idempotency.environment';

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
    const { IDEMPOTENCY_PURGE_SECONDS } = idempotencyEnvironment.read();
    this.timer = setInterval(() => {
      this.purge().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'expired idempotency keys were not removed, which is tried again');
      });
    }, IDEMPOTENCY_PURGE_SECONDS * 1000).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async purge(): Promise<void> {
    for (let count = BATCH; count === BATCH;) {
      [, count] = await this.dataSource.query<[unknown, number]>(
        `DELETE FROM idempotency_keys WHERE (user_id, key) IN (
           SELECT user_id, key FROM idempotency_keys WHERE expires_at < now() LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
         )`,
      );
    }
  }
}
