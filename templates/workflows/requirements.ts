import type { Requirement } from 'create-prod-forge/feature';

const area = 'Pipelines';
const policy = 'scripts/workflows/policy.spec.ts';
const security = 'scripts/workflows/security.spec.ts';

const row = (id: string, requirement: string, test: string, file = policy): Requirement => ({
  id,
  area,
  requirement,
  check: 'unit',
  test: `${file}: ${test}`,
});

export const requirements: readonly Requirement[] = [
  { id: 'B1', area, requirement: 'Every workflow is valid, as is the shell in it', check: 'workflows' },
  row(
    'B2',
    'Pipelines are held to zizmor at its most pedantic, on `main` and each week, and exceptions have a reason',
    'hold the pipelines to zizmor at its most pedantic',
    security,
  ),
  row('B3', 'What others wrote is run by its commit', 'a tag in place of a commit'),
  row('B4', 'A job has no right that it does not name, with a reason', 'a right without a reason'),
  row(
    'B5',
    'No input of a run becomes part of a script, and no stranger gets rights',
    'an input in a script',
  ),
  row(
    'B20',
    'The repository is scored each week, and dependencies are updated once their releases are a week old',
    'score the repository each week, and leave a release a week before it is taken',
    security,
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
