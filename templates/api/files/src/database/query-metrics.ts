import { Histogram } from 'prom-client';
import { getMetadataArgsStorage } from 'typeorm';
import type { Metrics } from '../observability/metrics';
import { entities } from './entities';

const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const OPERATIONS = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
const TABLE = /\b(?:FROM|INTO|UPDATE)\s+"?(\w+)"?/i;
/** The tables of the entities; all others, such as the catalogue, count together. */
const TABLES = new Set(
  getMetadataArgsStorage()
    .filterTables(entities)
    .map(({ name }) => name),
);

/** How long queries take, by operation and table. The values of both are bounded. */
export class QueryMetrics {
  private readonly duration: Histogram<'operation' | 'table' | 'outcome'>;

  constructor({ registry }: Metrics) {
    this.duration = new Histogram({
      name: 'db_client_operation_duration_seconds',
      help: 'Duration of database queries, by operation, table (or other) and outcome (ok or error).',
      labelNames: ['operation', 'table', 'outcome'],
      buckets: BUCKETS,
      registers: [registry],
    });
  }

  observe(sql: string, seconds: number, failed: boolean): void {
    this.duration.observe({ ...describeQuery(sql), outcome: failed ? 'error' : 'ok' }, seconds);
  }
}

/** What a query does, and to which table first. */
export function describeQuery(sql: string): { operation: string; table: string } {
  const operation = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? '';
  const table = TABLE.exec(sql)?.[1] ?? '';
  return {
    operation: OPERATIONS.has(operation) ? operation : 'OTHER',
    table: TABLES.has(table) ? table : 'other',
  };
}
