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
    requirement: 'Tests share no state: in each file they run in a random order, whose seed is printed',
    check: 'e2e',
  },
  {
    id: 'F3',
    area,
    requirement:
      'The end-to-end tests leave no process, server, session, database or role behind, or fail naming it',
    check: 'e2e',
  },
  { id: 'F4', area, requirement: 'The end-to-end tests migrate with the real migrator', check: 'e2e' },
  {
    id: 'F7',
    area,
    requirement: 'Tests are not repeated when they fail, and report as JUnit with their times in `reports/`',
    check: 'e2e',
  },
];
