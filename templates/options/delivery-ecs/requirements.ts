import type { Requirement } from 'create-prod-forge/feature';

const core = 'scripts/deploy/core';

const row = (id: string, requirement: string, test: string): Requirement => ({
  id,
  area: 'Delivery',
  requirement,
  check: 'unit',
  test,
});

export const requirements: readonly Requirement[] = [
  row(
    'B10',
    'A migration that ends with anything but 0 stops the release before the service is touched',
    `${core}/migration.spec.ts: takes nothing but exit status 0 for success`,
  ),
  row(
    'B11',
    'That the service is stable counts for nothing where it runs the revision from before',
    `${core}/rollout.spec.ts: is no success where ECS went back, however stable it is`,
  ),
  row(
    'B12',
    'A release fails at a wrong commit, at one bad answer of several, and at another image',
    `${core}/health.spec.ts: finds one bad answer among good ones`,
  ),
  row(
    'B14',
    'A rollback needs only the environment, and does not flip back when it is run twice',
    `${core}/target.spec.ts: changes nothing the second time`,
  ),
  row(
    'B15',
    'A rollback is refused to an image that is gone, a revision that is not active, and a schema that is too new',
    `${core}/preflight.spec.ts: refuses to go back to what can not run`,
  ),
];
