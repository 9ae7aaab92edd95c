import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Readiness } from '../health/readiness';
import { Metrics } from '../observability/metrics';
import { ProbeConnection } from './probe-connection';
import { SchemaVersion } from './schema-version';

/** Traffic is only useful while the database answers and its schema has what this code needs. */
@Injectable()
export class DatabaseReadiness implements OnModuleInit {
  constructor(
    private readonly connection: ProbeConnection,
    private readonly schema: SchemaVersion,
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const pendingGauge = new Gauge({
      name: 'db_migrations_pending',
      help: 'Migrations that this version needs and the database lacks, as of the last readiness probe.',
      registers: [this.metrics.registry],
    });
    this.readiness.register('database', { critical: true }, async () => {
      await this.connection.query('SELECT 1');
      return {};
    });
    this.readiness.register('migrations', { critical: true }, async () => {
      const pending = await this.schema.pending();
      pendingGauge.set(pending.length);
      if (pending.length > 0) throw new Error(`pending: ${pending.join(', ')}`);
      return {};
    });
  }
}
