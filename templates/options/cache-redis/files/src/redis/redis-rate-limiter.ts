import { Injectable } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { MemoryRateLimiter } from '../common/rate-limit/memory-rate-limiter';
import { rateLimitEnvironment } from '../common/rate-limit/rate-limit.environment';
import { RateLimiter, type RateLimitResult } from '../common/rate-limit/rate-limiter';
import { KeySpace } from './key-space';
import { RedisConnection } from './redis-connection';
import { RedisMetrics } from './redis-metrics';

/** Counts in Redis, so that all instances grant the limit together; without Redis, in this process. */
@Injectable()
export class RedisRateLimiter extends RateLimiter {
  private readonly shared: RateLimiterRedis;
  private readonly insurance = new MemoryRateLimiter();

  constructor(
    private readonly redis: RedisConnection,
    keys: KeySpace,
    private readonly metrics: RedisMetrics,
  ) {
    super();
    const { RATE_LIMIT_REQUESTS, RATE_LIMIT_WINDOW_SECONDS } = rateLimitEnvironment.read();
    this.shared = new RateLimiterRedis({
      storeClient: redis.client,
      points: RATE_LIMIT_REQUESTS,
      duration: RATE_LIMIT_WINDOW_SECONDS,
      keyPrefix: keys.key('limit'),
    });
  }

  /** Never fails: where Redis does not answer, this instance decides alone. */
  override async consume(client: string): Promise<RateLimitResult> {
    try {
      const result = await this.redis.run('limit', async () => this.consumeShared(client));
      this.metrics.rateLimitChecked('redis');
      return result;
    } catch {
      this.metrics.rateLimitChecked('memory');
      return this.insurance.consume(client);
    }
  }

  private async consumeShared(client: string): Promise<RateLimitResult> {
    const [allowed, left] = await this.shared.consume(client).then(
      (result) => [true, result] as const,
      (rejection: unknown) => {
        if (rejection instanceof RateLimiterRes) return [false, rejection] as const;
        throw rejection;
      },
    );
    return {
      allowed,
      limit: this.shared.points,
      remaining: left.remainingPoints,
      resetMs: left.msBeforeNext,
    };
  }
}
