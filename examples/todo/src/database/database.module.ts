import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Logger } from 'pino';
import { LOGGER } from '../observability/logger';
import { Metrics } from '../observability/metrics';
import { QueryLogger } from '../observability/query-logger';
import { dataSourceOptions } from './data-source-options';
import { DatabaseConnection } from './database-connection';
import { DatabaseReadiness } from './database-readiness';
import { PoolMetrics } from './pool-metrics';
import { PoolPressure } from './pool-pressure';
import { ProbeConnection } from './probe-connection';
import { QueryMetrics } from './query-metrics';
import { SchemaVersion } from './schema-version';

@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [LOGGER, Metrics],
      useFactory: (logger: Logger, metrics: Metrics) => {
        const queries = new QueryMetrics(metrics);
        const observe = queries.observe.bind(queries);
        // DatabaseConnection initializes it, without keeping the rest from starting.
        return { ...dataSourceOptions(new QueryLogger(logger), observe), manualInitialization: true };
      },
    }),
  ],
  providers: [
    DatabaseConnection,
    DatabaseReadiness,
    PoolMetrics,
    PoolPressure,
    ProbeConnection,
    SchemaVersion,
  ],
  exports: [DatabaseConnection, SchemaVersion],
})
export class DatabaseModule {}
