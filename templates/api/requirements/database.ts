import type { Requirement } from 'create-prod-forge/feature';

const area = 'Database';

export const database: readonly Requirement[] = [
  {
    id: 'C1',
    area,
    requirement: 'The schema is never changed by the service itself',
    check: 'unit',
    test: 'src/database/data-source-options.spec.ts: never change a schema by themselves',
  },
  {
    id: 'E5',
    area,
    requirement: 'An outage of the database fails requests fast, and is survived without a restart',
    check: 'e2e',
    test: 'test/outages.e2e-spec.ts: fails fast when the connections are cut, and recovers',
  },
  {
    id: 'E16',
    area,
    requirement: 'What takes too long is cancelled in the database, too',
    check: 'e2e',
    test: 'test/outages.e2e-spec.ts: stays ready when only its pool is exhausted, and cancels what takes too long',
  },
  {
    id: 'F6',
    area,
    requirement: 'A database that is cut off, silent or out of connections is part of the tests',
    check: 'e2e',
    test: 'test/outages.e2e-spec.ts: gives up on a database that is silent, and recovers',
  },
];
