import { describeQuery } from './query-metrics';

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
