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
  private readonly known = new Set<string>();

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
    const query = describeQuery(sql);
    this.expectFailures(query);
    this.duration.observe({ ...query, outcome: failed ? 'error' : 'ok' }, seconds);
  }

  /** Failures are counted from zero on: a series that begins with the first of them has no rate that shows it. */
  private expectFailures(query: ReturnType<typeof describeQuery>): void {
    const kind = Object.values(query).join(' ');
    if (this.known.has(kind)) return;
    this.known.add(kind);
    this.duration.zero({ ...query, outcome: 'error' });
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
