import type { Release, Step } from '#deploy/core/release';
import { nameOf } from '#deploy/core/release';

export interface PlannedStep {
  readonly step: Step;
  /** What it does, in words. */
  readonly title: string;
}

interface DeployFacts {
  readonly version: string;
  readonly digest: string;
  readonly snapshot: boolean;
  readonly bakeSeconds: number;
  readonly fallback: string;
  /** A release of this image that was left half-way, with ECS told to run it. */
  readonly resumed: Release | undefined;
}

/** What a release does, in order. */
export function stepsOfDeploy(facts: DeployFacts): readonly PlannedStep[] {
  const { version, digest, resumed } = facts;
  const last: readonly PlannedStep[] = [
    { step: 'rollout', title: 'Wait until ECS has replaced the tasks' },
    { step: 'verify', title: `Verify for ${facts.bakeSeconds} s` },
  ];
  if (resumed) return last;
  return [
    { step: 'protect', title: `Keep the image of ${version} for good (${digest.slice(0, 19)}…)` },
    ...(facts.snapshot ? [{ step: 'snapshot', title: 'Copy the database' } as const] : []),
    { step: 'migrate', title: 'Migrate the database' },
    { step: 'register', title: 'Register a revision: the newest template with this image' },
    { step: 'update', title: `Tell ECS to run it in place of ${nameOf(facts.fallback)}` },
    ...last,
  ];
}

interface RollbackFacts {
  readonly target: Release;
  readonly running: string;
  readonly bakeSeconds: number;
}

export function stepsOfRollback({ target, running, bakeSeconds }: RollbackFacts): readonly PlannedStep[] {
  const isThere = target.taskDefinition === running;
  return [
    ...(isThere
      ? []
      : [
          {
            step: 'update',
            title: `Tell ECS to run revision ${target.revision ?? 0} (${target.version}) in place of ${nameOf(running)}`,
          } as const,
        ]),
    { step: 'rollout', title: 'Wait until ECS has replaced the tasks' },
    { step: 'verify', title: `Verify for ${bakeSeconds} s at most` },
  ];
}
