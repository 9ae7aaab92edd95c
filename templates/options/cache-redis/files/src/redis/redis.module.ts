import { Global, Module } from '@nestjs/common';
import { KeySpace } from './key-space';
import { RedisConnection } from './redis-connection';
import { RedisMetrics } from './redis-metrics';
import { UserCache } from './user-cache';

/** Global, because what stands in for providers of other modules needs it there. */
@Global()
@Module({
  providers: [KeySpace, RedisConnection, RedisMetrics, UserCache],
  exports: [KeySpace, RedisConnection, RedisMetrics, UserCache],
})
export class RedisModule {}
