import type { Requirement } from 'create-prod-forge/feature';

const core = 'deploy/core';

const workflows = 'deploy/workflows.spec.ts';

const row = (id: string, requirement: string, test: string): Requirement => ({
  id,
  area: 'Delivery',
  requirement,
  check: 'unit',
  test,
});

export const requirements: readonly Requirement[] = [
  row(
    'B6',
    'An image is built once, by digest',
    `${workflows}: build one image, with provenance and a bill of materials, and scan it`,
  ),
  row(
    'B7',
    'Staging and production get the same digest',
    `${workflows}: hand the same digest to staging and to production`,
  ),
  row(
    'B8',
    'Staging is released to by itself, production after an approval',
    `${workflows}: release to staging by themselves, and to production what staging has verified, once a person says so`,
  ),
  row(
    'B9',
    'Releases and rollbacks of an environment never run at the same time, nor are they cancelled half-way',
    `${workflows}: keep releases and rollbacks of an environment apart, and never cancel one half-way`,
  ),
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
    'B13',
    'What fails to be verified is rolled back, and that is verified, too; the pipeline fails all the same',
    `${workflows}: call the commands of a person: those roll back what fails, and then fail themselves`,
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
  row(
    'B16',
    'The way back is taken each month on staging',
    `${workflows}: take a way back each month that nobody may need`,
  ),
  row(
    'B17',
    'No action deploys that takes a rollback of ECS for success',
    `${workflows}: deploy with no action, which would take any end for a good one`,
  ),
  row(
    'B18',
    'An image has its bill of materials and provenance; where GitHub attests, what it does not attest is not released',
    `${workflows}: release no image to either environment that they have not attested to have built`,
  ),
  row(
    'B19',
    'An image with a known and corrected vulnerability is not released',
    `${workflows}: build one image, with provenance and a bill of materials, and scan it`,
  ),
  row(
    'B22',
    'A release and a rollback leave a record with commit, version, environment, begin, end and result, and a mark on the dashboards',
    `${core}/record.spec.ts: says what was released from where to where, when, for how long and how it ended`,
  ),
];
