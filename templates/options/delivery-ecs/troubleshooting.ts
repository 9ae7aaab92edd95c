import type { Troubleshooting } from 'create-prod-forge/feature';

/** What `deploy` and `rollback` say; `…` stands for what varies. */
export const troubleshooting: readonly Troubleshooting[] = [
  {
    error: 'The registry has no image sha256:…. [image-missing]',
    cause: 'The image was never pushed to the registry of this account, or has expired: `build-*` images do.',
    remedy: 'Name the digest that the push printed. Released images keep a tag `release-*` and never expire.',
  },
  {
    error: 'The image sha256:… does not say what it is: it has no label …',
    cause: 'It was built without the labels of the pipeline.',
    remedy: 'Build with the labels and arguments that `node deploy/facts.ts` prints, as `cd.yml` does.',
  },
  {
    error: 'There is no parameter /…/deployment in this account and region. [no-environment]',
    cause: 'Terraform was not applied to the environment, or you are logged in to another account or region.',
    remedy: 'Compare `aws sts get-caller-identity` and `AWS_REGION` with those of the environment.',
  },
  {
    error: 'A deploy by … is under way since …: … [under-way]',
    cause: 'Another command works on the environment, or was killed less than two minutes ago.',
    remedy:
      'Wait for it, or interrupt it there. Where you know that it no longer runs, add `--take-over`: what it had begun is gone on with.',
  },
  {
    error: 'ECS is still replacing tasks of this service. [rollout-under-way]',
    cause: 'Somebody changed the service by hand, or ECS goes back by itself just now.',
    remedy: 'Wait until it is done. To go back instead, run `rollback`, which does not wait.',
  },
  {
    error: 'Before anything was done: … sounds, … [alarm-sounds]',
    cause:
      'The service is unwell already, and ECS does not watch an alarm that sounds when a release begins.',
    remedy: 'If this release is the correction, add `--despite-alarms`. Else `rollback`.',
  },
  {
    error: '… can not run on this database: its code knows the migrations up to … [schema-incompatible]',
    cause:
      'Nobody has shown that this code runs on the schema: the end-to-end tests of one release are run on the schema of the next one, and no further.',
    remedy: 'Choose a newer release, or release a correction.',
  },
  {
    error: 'Cannot create more than 100 manual snapshots.',
    cause:
      'SnapshotQuotaExceeded: each release that copies the database leaves a snapshot, and the account has as many as it may, those of other databases included. Nothing was changed.',
    remedy:
      'Delete old ones, as "Copies of the database" in `docs/deployment.md` does, or ask AWS for more, and release again.',
  },
  {
    error: 'The migration ended with exit status …',
    cause: 'A migration failed; the lines above are its log. The service was not touched.',
    remedy: 'See `docs/runbooks/migration-failed-half-way.md`, correct the migration and release that.',
  },
  {
    error: 'ECS gave the release up: ECS deployment circuit breaker: tasks failed to start.',
    cause: 'The tasks ended, or did not become healthy. ECS went back by itself, which was verified.',
    remedy: 'Read the log of the service of that time; `stoppedReason` of a task says what ECS saw.',
  },
  {
    error: '/version says commit …, not …',
    cause:
      'Requests reach tasks of another release: an old task still serves, or the address leads elsewhere.',
    remedy: 'Compare the address in the parameter of the deployment with the name that DNS answers.',
  },
  {
    error: '… answers 401, not 201 (request …)',
    cause: 'Smoke tests have no user, or one that the service does not know (any more).',
    remedy:
      'Put the header of a synthetic user into the parameter that `smokeAuthorization` of `deploy/environments.json` names.',
  },
  {
    error: 'There is no parameter /…, which environments.json names. [no-secret]',
    cause:
      'The secret of the user of smoke tests was not put into the account and region of the environment.',
    remedy: '`aws ssm put-parameter --type SecureString --name … --value …`, then release again.',
  },
  {
    error: 'No annotation was made: Grafana answers 401.',
    cause: '`GRAFANA_TOKEN` is wrong, has expired, or belongs to an account that may not write annotations.',
    remedy: 'The release is not affected. Make a new token for a service account with the role Editor.',
  },
  {
    error: 'AWS no longer accepts the credentials (ExpiredToken…)',
    cause: 'The session was shorter than the release. ECS goes on by itself, and nobody verifies.',
    remedy: 'Log in again and run the same command: it goes on where it was.',
  },
];
