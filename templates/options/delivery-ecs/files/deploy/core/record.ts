import { isPlaceholder, revisionOf, type Release, type State } from '#deploy/core/release';

/** What a release or a rollback did, for whoever counts or marks them. */
export interface DeploymentRecord {
  readonly environment: string;
  readonly kind: Release['kind'];
  readonly result: State;
  readonly version: string;
  readonly commit: string;
  /** Revisions; undefined where there was none, or the placeholder. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationSeconds: number;
  readonly by: string;
}

export function recordOf(release: Release, environment: string): DeploymentRecord {
  const { kind, state, version, commit, previous, revision, startedAt, updatedAt, by } = release;
  return {
    environment,
    kind,
    result: state,
    version,
    commit,
    from: previous === undefined || isPlaceholder(previous) ? undefined : revisionOf(previous),
    to: revision,
    startedAt,
    endedAt: updatedAt,
    durationSeconds: secondsBetween(startedAt, updatedAt),
    by,
  };
}

export function secondsBetween(start: string, end: string): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / 1000);
}

/** Such as `4 min 10 s`. */
export function durationText(seconds: number): string {
  const [days, hours, minutes] = [86_400, 3_600, 60].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ];
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** One line of what was done. */
export function recordText(record: DeploymentRecord): string {
  const { kind, version, commit, from, to, result, durationSeconds, by } = record;
  const revisions = `revision ${from ?? '-'} → ${to ?? '-'}`;
  return `${kind} of ${version} (${commit.slice(0, 12)}), ${revisions}: ${result} after ${durationText(durationSeconds)}, by ${by}`;
}
