import { HttpStatus, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from '../problem/problem';
import { clientKey } from './client-key';
import { rateLimitEnvironment } from './rate-limit.environment';
import { RateLimiter } from './rate-limiter';

export const RATE_LIMIT_HEADERS = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'] as const;

/** Refuses the requests of a client beyond its limit. The client is the address before the trusted proxies. */
@Injectable()
export class RateLimitHook {
  private readonly enabled = rateLimitEnvironment.read().RATE_LIMIT_REQUESTS > 0;

  constructor(private readonly limiter: RateLimiter) {}

  /** @throws ProblemException 429 with `Retry-After`. */
  async check(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!this.enabled) return;
    const { allowed, limit, remaining, resetMs } = await this.limiter.consume(clientKey(request.ip));
    const seconds = Math.ceil(resetMs / 1000);
    void reply.headers({
      'ratelimit-limit': limit,
      'ratelimit-remaining': remaining,
      'ratelimit-reset': seconds,
    });
    if (allowed) return;
    void reply.header('retry-after', Math.max(1, seconds));
    throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, `Try again in ${Math.max(1, seconds)} s.`);
  }
}
