import { Module } from '@nestjs/common';
import { MemoryRateLimiter } from './memory-rate-limiter';
import { RateLimitHook } from './rate-limit.hook';
import { RateLimiter } from './rate-limiter';

@Module({
  providers: [RateLimitHook, { provide: RateLimiter, useClass: MemoryRateLimiter }],
  exports: [RateLimitHook],
})
export class RateLimitModule {}
