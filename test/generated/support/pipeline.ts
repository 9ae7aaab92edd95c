import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly needs?: readonly string[];
  readonly steps: readonly Step[];
}

/** The jobs of a workflow, by id. */
export function jobsOf(project: string, workflow: string): Readonly<Record<string, Job>> {
  return parse(readFileSync(join(project, '.github', 'workflows', workflow), 'utf8')).jobs;
}

/** The ids of checks that a job runs. */
export function checksOf({ steps }: Job): readonly string[] {
  const prefix = 'node scripts/verify.mjs ';
  return steps.flatMap(({ run = '' }) =>
    run.startsWith(prefix) ? run.slice(prefix.length).trim().split(' ') : [],
  );
}

/** Steps of a job with those of the project's own actions in their place. */
export function withActionsOf(project: string, steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) =>
    step.uses?.startsWith('./')
      ? parse(readFileSync(join(project, step.uses, 'action.yml'), 'utf8')).runs.steps
      : [step],
  );
}
