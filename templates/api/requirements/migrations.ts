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
    id: 'C7',
    area,
    requirement: 'Migrations that would lock out or break a running service are refused',
    check: 'migrations',
  },
  {
    id: 'C10',
    area,
    requirement: 'The entities describe the schema that the migrations make',
    check: 'e2e',
    test: 'test/migrations.e2e-spec.ts: make the schema that the entities describe',
  },
  {
    id: 'C13',
    area,
    requirement: 'Migrating what is migrated does nothing, and pending migrations can be asked for',
    check: 'e2e',
    test: 'test/migrations.e2e-spec.ts: are reported as pending by --check, which changes nothing',
  },
];
