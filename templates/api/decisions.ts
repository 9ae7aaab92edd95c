import type { DecisionRecord } from 'create-prod-forge/feature';

/** The records in `files/docs/adr/`. */
export const decisions: readonly DecisionRecord[] = [
  {
    slug: 'api-contract',
    title: 'The OpenAPI document is a contract',
    decision: 'Generated from the code, held to the service by tests, and compared with the last release.',
  },
  {
    slug: 'forward-only-migrations',
    title: 'Migrations only go forward',
    decision:
      'A mistake is corrected by the next migration, and a schema change works for the code before it.',
  },
  {
    slug: 'http-adapter',
    title: 'Fastify as the HTTP adapter',
    decision: 'Fastify serves the API, chosen on figures that had to be corrected once.',
  },
  {
    slug: 'jest-and-commonjs',
    title: 'Jest, and CommonJS as the output',
    decision: 'Jest with ts-jest on Node 24, sources with imports, output that `require` can load.',
  },
  {
    slug: 'problem-details',
    title: 'Errors are problem details (RFC 9457)',
    decision: 'One shape for every error, and nothing internal in it.',
  },
  {
    slug: 'structured-logging',
    title: 'Structured logs, one line per request',
    decision: 'JSON on stdout, written when the response closes, without secrets.',
  },
  {
    slug: 'testcontainers-with-embedded-fallback',
    title: 'Tests on a real PostgreSQL: Testcontainers, else an embedded server',
    decision:
      'No substitute for the database, and no machine on which the tests can not run for lack of Docker.',
  },
  {
    slug: 'two-database-roles',
    title: 'Two roles in the database',
    decision:
      'One role owns the schema and migrates; the service has another one, which reads and writes rows.',
  },
  {
    slug: 'typeorm',
    title: 'TypeORM for persistence',
    decision: 'Used narrowly: entities describe, migrations create, repositories hold every query.',
  },
];
