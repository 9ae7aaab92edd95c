import type { Requirement } from 'create-prod-forge/feature';

const area = 'Build, image and tests';

export const delivery: readonly Requirement[] = [
  { id: 'E22', area, requirement: 'The build serves with production dependencies only', check: 'smoke' },
  {
    id: 'F1',
    area,
    requirement: 'The end-to-end tests run on a real PostgreSQL',
    check: 'e2e',
  },
  {
    id: 'F2',
    area,
    requirement: 'Unit tests share no state: they run in a random order',
    check: 'unit',
  },
  { id: 'F4', area, requirement: 'The end-to-end tests migrate with the real migrator', check: 'e2e' },
  {
    id: 'F7',
    area,
    requirement: 'Tests are not repeated when they fail, and report as JUnit with their times in `reports/`',
    check: 'e2e',
  },
];
