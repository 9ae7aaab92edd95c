import type { Requirement } from 'create-prod-forge/feature';

const stacks = 'scripts/infra/stacks';

const row = (id: string, requirement: string, check: string, test: string): Requirement => ({
  id,
  area: 'Infrastructure',
  requirement,
  check,
  test,
});

export const requirements: readonly Requirement[] = [
  row(
    'H1',
    'Nothing of the archived CDKTF is depended upon',
    'unit',
    `${stacks}/packages.spec.ts: depend on nothing of the archived CDKTF`,
  ),
  row(
    'H2',
    'The same stacks give the same bytes, without a network and without Terraform',
    'infra-synth',
    `${stacks}/stacks.spec.ts: give the same bytes each time`,
  ),
  row(
    'H3',
    'What the stacks describe is held to the same policy and the same tests as what is written by hand',
    'infra',
    'infra/environments/production/tests/production.tftest.hcl: can_be_made',
  ),
  row(
    'H4',
    'What an environment decides is asserted on what is synthesized',
    'unit',
    `${stacks}/stacks.spec.ts: A12, A19: production survives the loss of a zone, and a wrong click`,
  ),
  row(
    'H5',
    'Versions are exact, and there is one copy of constructs',
    'unit',
    `${stacks}/packages.spec.ts: share one copy of constructs`,
  ),
  row(
    'H6',
    'The state is in S3, encrypted, and locked by a file',
    'unit',
    `${stacks}/stacks.spec.ts: A2: keeps its state in S3, encrypted, with a lock file`,
  ),
];
