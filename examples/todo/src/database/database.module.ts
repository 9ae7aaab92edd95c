import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Logger } from 'pino';
import { LOGGER } from '../observability/logger';
import { QueryLogger } from '../observability/query-logger';
import { dataSourceOptions } from './data-source-options';
import { DatabaseReadiness } from './database-readiness';
import { PoolMetrics } from './pool-metrics';
import { SchemaVersion } from './schema-version';

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [LOGGER],
      useFactory: (logger: Logger) => ({
        ...dataSourceOptions(new QueryLogger(logger)),
        retryAttempts: 10,
        retryDelay: 1000,
      }),
    }),
  ],
  providers: [DatabaseReadiness, PoolMetrics, SchemaVersion],
  exports: [SchemaVersion],
})
export class DatabaseModule {}
