import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { connectionPool } from './connection-pool';
import { databaseEnvironment } from './database.environment';
import { Metrics } from '../observability/metrics';

/** Shows how busy the connection pool is. */
@Injectable()
export class PoolMetrics implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const pool = () => connectionPool(this.dataSource);
    const max = databaseEnvironment.read().DATABASE_POOL_SIZE;
    const registers = [this.metrics.registry];
    new Gauge({
      name: 'db_client_connections',
      help: 'Connections of the pool, by state (idle or used).',
      labelNames: ['state'],
      registers,
      collect() {
        const { idleCount, totalCount } = pool() ?? { idleCount: 0, totalCount: 0 };
        this.set({ state: 'idle' }, idleCount);
        this.set({ state: 'used' }, totalCount - idleCount);
      },
    });
    new Gauge({
      name: 'db_client_connection_max',
      help: 'Connections that the pool may have.',
      registers,
      collect() {
        this.set(max);
      },
    });
    new Gauge({
      name: 'db_client_connection_pending_requests',
      help: 'Requests that wait for a connection of the pool.',
      registers,
      collect() {
        this.set(pool()?.waitingCount ?? 0);
      },
    });
  }
}
