import { Metrics } from '../observability/metrics';
import { QueryMetrics, describeQuery } from './query-metrics';

describe('describeQuery', () => {
  it.each([
    ['SELECT "todo"."id" FROM "todos" "todo" WHERE 1 = 1', 'SELECT', 'todos'],
    ['INSERT INTO "todos"("id") VALUES ($1) RETURNING *', 'INSERT', 'todos'],
    ['UPDATE "todos" SET "title" = $1', 'UPDATE', 'todos'],
    ['DELETE FROM idempotency_keys WHERE key = $1', 'DELETE', 'idempotency_keys'],
    ['SELECT * FROM pg_catalog.pg_class', 'SELECT', 'other'],
    ['START TRANSACTION', 'OTHER', 'other'],
    ['', 'OTHER', 'other'],
  ])('%s: %s of %s', (sql, operation, table) => {
    expect(describeQuery(sql)).toEqual({ operation, table });
  });
});

describe('the metrics of queries', () => {
  const failures = async ({ registry }: Metrics) => {
    const text = await registry.getSingleMetricAsString('db_client_operation_duration_seconds');
    return [...text.matchAll(/_count\{.*outcome="error".*\} (\d+)/g)].map(([, count]) => Number(count));
  };

  it('count failures from zero on, and lose none', async () => {
    const metrics = new Metrics();
    const queries = new QueryMetrics(metrics);
    expect(await failures(metrics)).toEqual([]);
    queries.observe('SELECT 1 FROM todos', 0.1, false);
    expect(await failures(metrics)).toEqual([0]);
    queries.observe('SELECT 1 FROM todos', 0.1, true);
    queries.observe('SELECT 1 FROM todos', 0.1, true);
    queries.observe('SELECT 1 FROM todos', 0.1, false);
    expect(await failures(metrics)).toEqual([2]);
  });
});
