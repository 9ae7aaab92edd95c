import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimitEnvironment } from './rate-limit.environment';
import { RateLimiter, type RateLimitResult } from './rate-limiter';

/** Counts in this process: each instance of the service grants the limit by itself. */
@Injectable()
export class MemoryRateLimiter extends RateLimiter {
  private readonly limiter: RateLimiterMemory;

  constructor() {
    super();
    const { RATE_LIMIT_REQUESTS, RATE_LIMIT_WINDOW_SECONDS } = rateLimitEnvironment.read();
    this.limiter = new RateLimiterMemory({
      points: RATE_LIMIT_REQUESTS,
      duration: RATE_LIMIT_WINDOW_SECONDS,
    });
  }

  override async consume(client: string): Promise<RateLimitResult> {
    const [allowed, left] = await this.limiter.consume(client).then(
      (result) => [true, result] as const,
      (rejection: unknown) => {
        if (rejection instanceof RateLimiterRes) return [false, rejection] as const;
        throw rejection;
      },
    );
    return {
      allowed,
      limit: this.limiter.points,
      remaining: left.remainingPoints,
      resetMs: left.msBeforeNext,
    };
  }
}
