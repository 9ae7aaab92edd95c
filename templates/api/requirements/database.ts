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
    requirement:
      'Time limits fit into one another; what takes too long is given up, in the database, too, and nothing of it is kept',
    check: 'e2e',
    test: 'test/timeouts.e2e-spec.ts: is given up with 503, and nothing of it is kept',
  },
  {
    id: 'E17',
    area,
    requirement: 'The size of the pool is one fact, from which the budget of connections is made, too',
    check: 'unit',
    test: 'src/config/service.spec.ts: has what the service does where the environment says nothing',
  },
  {
    id: 'F6',
    area,
    requirement: 'A database that is cut off, silent or out of connections is part of the tests',
    check: 'e2e',
    test: 'test/outages.e2e-spec.ts: gives up on a database that is silent, and recovers',
  },
];
