import type { Requirement } from 'create-prod-forge/feature';

const area = 'Migrations';

export const migrations: readonly Requirement[] = [
  { id: 'C2', area, requirement: 'Migrations can not be reverted', check: 'unit' },
  {
    id: 'C3',
    area,
    requirement: 'Migrators that start together apply each migration once',
    check: 'e2e',
    test: 'test/migrations.e2e-spec.ts: are applied once by migrators that start together',
  },
  {
    id: 'C4',
    area,
    requirement: 'An index is made concurrently while other migrators wait, and none is left invalid',
    check: 'e2e',
    test: 'test/migrator.e2e-spec.ts: makes an index concurrently while other migrators wait',
  },
  {
    id: 'C5',
    area,
    requirement: 'A migrator that is killed leaves no lock and no half of a migration',
    check: 'e2e',
    test: 'test/migrator.e2e-spec.ts: leaves neither lock nor traces when it is killed, and succeeds the next time',
  },
  {
    id: 'C6',
    area,
    requirement: 'A migration that does not get its locks gives way to reads, and is tried again',
    check: 'e2e',
    test: 'test/migrator.e2e-spec.ts: gives up a lock that it does not get, so that reads go on, and tries again',
  },
  {
    id: 'C7',
    area,
    requirement: 'Migrations that would lock out or break a running service are refused',
    check: 'migrations',
  },
  {
    id: 'C8',
    area,
    requirement: 'What runs without a transaction is one statement, and replaces what a failed try left',
    check: 'unit',
    test: 'scripts/lib/lint-migration.spec.ts: accepts a concurrent index that replaces an invalid one, and no other',
  },
  {
    id: 'C9',
    area,
    requirement: 'Migrations that were released or merged stay as they were, and come before all others',
    check: 'unit',
    test: 'scripts/lib/released-migrations.spec.ts: stay as they were',
  },
  {
    id: 'C10',
    area,
    requirement: 'The entities describe the schema that the migrations make',
    check: 'e2e',
    test: 'test/migrations.e2e-spec.ts: make the schema that the entities describe',
  },
  {
    id: 'C11',
    area,
    requirement: 'The migrations keep the rows of the previous release, 10,000 of them',
    check: 'previous-release',
  },
  {
    id: 'C12',
    area,
    requirement:
      'The previous release passes its end-to-end tests on the schema of the next one, which takes no traffic on the schema before it',
    check: 'previous-release',
    test: 'test/lifecycle.e2e-spec.ts: wants no traffic on the schema of the release before it, and some as soon as that is migrated',
  },
  {
    id: 'C13',
    area,
    requirement: 'Migrating what is migrated does nothing, and pending migrations can be asked for',
    check: 'e2e',
    test: 'test/migrations.e2e-spec.ts: are reported as pending by --check, which changes nothing',
  },
  {
    id: 'C14',
    area,
    requirement: 'The role of the service can read and write rows, and nothing else',
    check: 'e2e',
    test: 'test/roles.e2e-spec.ts: may not %s',
  },
  {
    id: 'C17',
    area,
    requirement:
      'Runbooks name the commands for a failed migration and for a restore to a moment, which the tests do',
    check: 'e2e',
    test: 'test/restore.e2e-spec.ts: brings back, by the settings in the runbook, what was deleted after it',
  },
  {
    id: 'C15',
    area,
    requirement: 'A backfill that is killed goes on where it was, and changes each row once',
    check: 'e2e',
    test: 'test/migrator.e2e-spec.ts: goes on where it was killed, and changes every row once',
  },
  {
    id: 'C16',
    area,
    requirement: 'Each migration leaves one log line with its duration and outcome',
    check: 'e2e',
    test: 'test/migrator.e2e-spec.ts: reports each migration with its duration and outcome, and how many are left',
  },
];
