import type { Requirement } from 'create-prod-forge/feature';

const area = 'Pipelines';
const policy = 'scripts/workflows/policy.spec.ts';

const row = (id: string, requirement: string, test: string): Requirement => ({
  id,
  area,
  requirement,
  check: 'unit',
  test: `${policy}: ${test}`,
});

export const requirements: readonly Requirement[] = [
  { id: 'B1', area, requirement: 'Every workflow is valid, as is the shell in it', check: 'workflows' },
  row('B3', 'What others wrote is run by its commit', 'a tag in place of a commit'),
  row('B4', 'A job has no right that it does not name, with a reason', 'a right without a reason'),
  row(
    'B5',
    'No input of a run becomes part of a script, and no stranger gets rights',
    'an input in a script',
  ),
  {
    id: 'B21',
    area,
    requirement:
      'Which protections of the repository are missing, for its plan and visibility, is said by `npm run doctor`',
    check: 'unit',
    test: 'scripts/workflows/doctor/findings.spec.ts: is what to do instead, on a plan without them',
  },
];
