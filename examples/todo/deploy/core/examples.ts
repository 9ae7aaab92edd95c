import type { Service } from '@aws-sdk/client-ecs';
import type { Deployment } from '#deploy/core/deployment';
import type { Build, Release } from '#deploy/core/release';

/** Values for tests; each says only what matters to it. */

export const NOW = new Date('2026-03-01T12:00:00Z');

const FIRST_MIGRATION = 'CreateTodos1760000000000';

export function build(version: string, different: Partial<Build> = {}): Build {
  return {
    digest: `sha256:${version.replaceAll('.', '').padStart(64, '0')}`,
    commit: version.replaceAll('.', '').padStart(40, 'c'),
    version,
    schema: FIRST_MIGRATION,
    oldestCode: FIRST_MIGRATION,
    ...different,
  };
}

export function definition(revision: number): string {
  return `arn:aws:ecs:eu-central-1:111122223333:task-definition/todo-staging:${revision}`;
}

/** A release that was verified; its number is its revision. */
export function release(number: number, different: Partial<Release> = {}): Release {
  return {
    ...build(`1.${number}.0`),
    number,
    kind: 'deploy',
    state: 'verified',
    step: 'verify',
    by: 'ada',
    startedAt: '2026-03-01T11:00:00Z',
    updatedAt: '2026-03-01T11:10:00Z',
    changedAt: '2026-03-01T11:05:00Z',
    revision: number,
    taskDefinition: definition(number),
    previous: definition(number - 1),
    migrated: true,
    ...different,
  };
}

/** A service that runs this revision and nothing else. */
export function service(revision: number, different: Partial<Service> = {}): Service {
  return {
    status: 'ACTIVE',
    desiredCount: 2,
    taskDefinition: definition(revision),
    deployments: [
      {
        id: `ecs-svc/${revision}`,
        status: 'PRIMARY',
        rolloutState: 'COMPLETED',
        taskDefinition: definition(revision),
      },
    ],
    ...different,
  };
}

/** What Terraform says of staging. */
export const deployment: Deployment = {
  cluster: 'todo-staging',
  service: 'todo-staging',
  container: 'app',
  templateFamily: 'todo-staging-template',
  migrationTemplateFamily: 'todo-staging-migration-template',
  migrationNetwork: { subnets: ['subnet-1'], securityGroups: ['sg-1'], assignPublicIp: 'DISABLED' },
  repositoryUrl: '111122223333.dkr.ecr.eu-central-1.amazonaws.com/todo',
  url: 'https://api.example.com',
  logGroups: { migration: '/todo-staging/migration' },
  rollbackAlarms: ['errors'],
  database: 'todo-staging',
};
