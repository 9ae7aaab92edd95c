/** The steps of a release in their order; a rollback takes some of them. */
export const STEPS = [
  'pre-flight',
  'protect',
  'snapshot',
  'migrate',
  'register',
  'update',
  'rollout',
  'verify',
  'roll back',
  'verify rollback',
] as const;
export type Step = (typeof STEPS)[number];

/** `running` while a command works on it; `unfinished` where that command was interrupted, killed or lost its access. */
export type State = 'running' | 'verified' | 'failed' | 'rolled-back' | 'unfinished';

/** What an image says of itself, by its labels. */
export interface Build {
  /** `sha256:…`, of what was pushed. */
  readonly digest: string;
  readonly commit: string;
  readonly version: string;
  /** The newest migration that the code knows. */
  readonly schema: string;
  /** The newest migration of the oldest code that was shown to run on that schema: the release before this one. */
  readonly oldestCode: string;
  /** When the commit was made; absent where the image does not say so. */
  readonly committedAt?: string;
}

/** One run of `deploy` or `rollback`, as it is kept in the parameter store. */
export interface Release extends Build {
  readonly number: number;
  readonly kind: 'deploy' | 'rollback';
  readonly state: State;
  /** The step that was begun last. */
  readonly step: Step;
  readonly by: string;
  readonly startedAt: string;
  /** Renewed while a command works on it. */
  readonly updatedAt: string;
  /** When ECS was told to run it; absent where users never had it. */
  readonly changedAt?: string;
  /** The revision of the task definition, once there is one. */
  readonly revision?: number;
  readonly taskDefinition?: string;
  /** The id of the deployment in which ECS replaces the tasks. */
  readonly deployment?: string;
  /** Of `deploy`: where it goes back to when it fails. Of `rollback`: what ran before. */
  readonly previous?: string;
  /** Whether its migrations are all applied. */
  readonly migrated?: boolean;
  readonly reason?: string;
}

/** Within this time a command renews what it works on. */
export const LEASE_SECONDS = 120;

/** Whether another command works on this release now. */
export function isUnderWay({ state, updatedAt }: Release, now: Date): boolean {
  return state === 'running' && now.getTime() - Date.parse(updatedAt) < LEASE_SECONDS * 1000;
}

/** Where the records of an environment are. */
export function releasesPath(service: string, environment: string): string {
  return `/${service}/${environment}/releases`;
}

/** Numbers are padded, so that names sort as numbers do. */
export function releaseName(path: string, number: number): string {
  return `${path}/${String(number).padStart(6, '0')}`;
}

/** Reads a record; undefined for what is none. */
export function parseRelease(text: string): Release | undefined {
  try {
    const value = JSON.parse(text) as Partial<Release> | null;
    return typeof value?.number === 'number' && value.kind && value.state ? (value as Release) : undefined;
  } catch {
    return undefined;
  }
}

/** Newest first. */
export function newestFirst(releases: readonly Release[]): readonly Release[] {
  return [...releases].sort((a, b) => b.number - a.number);
}

/** The release that made a revision. */
export function releaseOf(releases: readonly Release[], taskDefinition: string): Release | undefined {
  return newestFirst(releases).find(
    (release) => release.kind === 'deploy' && release.taskDefinition === taskDefinition,
  );
}

/** What people call a task definition: its revision, or the placeholder that Terraform starts a service with. */
export function nameOf(taskDefinition: string): string {
  return isPlaceholder(taskDefinition) ? 'the placeholder' : `revision ${revisionOf(taskDefinition)}`;
}

/** Revisions of Terraform's own family have numbers of their own. */
export function isPlaceholder(taskDefinition: string): boolean {
  return /-template:\d+$/.test(taskDefinition);
}

/** The revision in the ARN of a task definition. */
export function revisionOf(taskDefinition: string): number {
  return Number(/:(\d+)$/.exec(taskDefinition)?.[1] ?? Number.NaN);
}
