import type { Service } from '@aws-sdk/client-ecs';
import { problem, type Problem } from '#deploy/core/problem';
import { isUnderWay, newestFirst, type Build, type Release } from '#deploy/core/release';
import { isSettled } from '#deploy/core/rollout';
import { incompatibility, isNewer, migratedBuild } from '#deploy/core/schema';

/** What is known before anything is changed. */
export interface Facts {
  readonly service: Service | undefined;
  readonly releases: readonly Release[];
  /** The build to run next; undefined where the registry has no such image. */
  readonly build: Build | undefined;
  /** Names of alarms that sound. */
  readonly sounding: readonly string[];
  readonly now: Date;
}

interface Choices {
  readonly takeOver: boolean;
  readonly despiteAlarms: boolean;
}

/** Why a release must not begin; empty where it may. */
export function problemsOfDeploy(facts: Facts, digest: string, choices: Choices): readonly Problem[] {
  const isOurs = resumable(facts.releases, digest, facts.service) !== undefined;
  return [
    ...serviceProblems(facts),
    ...leaseProblems(facts, choices),
    ...(facts.service && !isSettled(facts.service) && !isOurs ? [UNSETTLED] : []),
    ...(facts.build ? schemaProblems(facts.build, facts.releases) : [imageMissing(digest)]),
    ...alarmProblems(facts, choices),
  ];
}

/** Why going back must not begin: less than for a release, for it is what helps when things are bad. */
export function problemsOfRollback(
  facts: Facts,
  target: Release,
  isActive: boolean,
  choices: Pick<Choices, 'takeOver'>,
): readonly Problem[] {
  const database = migratedBuild(facts.releases);
  const reason = database && incompatibility(target.schema, database);
  return [
    ...serviceProblems(facts),
    ...leaseProblems(facts, choices),
    ...(facts.build ? [] : [imageMissing(target.digest)]),
    ...(isActive
      ? []
      : [
          problem(
            'revision-inactive',
            `Revision ${target.revision ?? '?'} is not active any more.`,
            'Choose another one with --to, or release its image again with deploy.',
          ),
        ]),
    ...(reason
      ? [
          problem(
            'schema-incompatible',
            `Revision ${target.revision ?? '?'} can not run on this database: ${reason}.`,
            'Choose a newer one with --to, or release a correction.',
          ),
        ]
      : []),
  ];
}

/** The release of this image that was left half-way, after ECS had been told to run it: there is no need to begin anew. */
export function resumable(
  releases: readonly Release[],
  digest: string,
  service: Service | undefined,
): Release | undefined {
  const [newest] = newestFirst(releases);
  const isLeft = newest?.state === 'unfinished' || newest?.state === 'running';
  const isRunning = newest?.taskDefinition !== undefined && newest.taskDefinition === service?.taskDefinition;
  return isLeft && isRunning && newest.kind === 'deploy' && newest.digest === digest ? newest : undefined;
}

function serviceProblems({ service }: Facts): readonly Problem[] {
  if (!service) return [problem('service-missing', 'The service is not there.', 'Apply Terraform first.')];
  if (service.status !== 'ACTIVE')
    return [
      problem('service-inactive', `The service is ${service.status ?? 'gone'}.`, 'Apply Terraform first.'),
    ];
  if (!service.desiredCount)
    return [
      problem(
        'service-scaled-to-zero',
        'The service should run no task, so nothing could be verified.',
        'Set the desired count to at least 1 first.',
      ),
    ];
  return [];
}

function leaseProblems(
  { releases, now }: Facts,
  { takeOver }: Pick<Choices, 'takeOver'>,
): readonly Problem[] {
  const [newest] = newestFirst(releases);
  if (!newest || takeOver || !isUnderWay(newest, now)) return [];
  return [
    problem(
      'under-way',
      `A ${newest.kind} by ${newest.by} is under way since ${newest.startedAt}: ${newest.step}.`,
      'Wait for it, or interrupt it there. If it was killed, try again in two minutes, or now with --take-over.',
    ),
  ];
}

const UNSETTLED = problem(
  'rollout-under-way',
  'ECS is still replacing tasks of this service.',
  'Wait until it is done; to go back instead, run the command rollback.',
);

function imageMissing(digest: string): Problem {
  return problem(
    'image-missing',
    `The registry has no image ${digest}.`,
    'It was never pushed, or has expired: build and push it, and name the digest that the push prints.',
  );
}

function schemaProblems(build: Build, releases: readonly Release[]): readonly Problem[] {
  const database = migratedBuild(releases);
  if (!database) return [];
  if (isNewer(database.schema, build.schema)) {
    const reason = incompatibility(build.schema, database);
    return reason
      ? [
          problem(
            'schema-incompatible',
            `This image can not run on this database: ${reason}.`,
            'Release a newer one.',
          ),
        ]
      : [];
  }
  const running = newestFirst(releases).find(({ state, kind }) => kind === 'deploy' && state === 'verified');
  const reason = running && incompatibility(running.schema, build);
  return reason
    ? [
        problem(
          'schema-incompatible',
          `What runs now could not run on the database of this image, nor be gone back to: ${reason}.`,
          'Release what comes between first.',
        ),
      ]
    : [];
}

function alarmProblems(
  { sounding }: Facts,
  { despiteAlarms }: Pick<Choices, 'despiteAlarms'>,
): readonly Problem[] {
  if (despiteAlarms || sounding.length === 0) return [];
  return [
    problem(
      'alarm-sounds',
      `Before anything was done: ${sounding.join(' and ')} sounds, and ECS does not watch an alarm that sounds already.`,
      'Find out why. To release the correction, use --despite-alarms; to go back, run the command rollback.',
    ),
  ];
}
