import { isPlaceholder, newestFirst, releaseOf, type Release } from '#deploy/core/release';

/** Where a rollback goes. */
export type Target =
  | { readonly to: Release }
  /** It was gone back already: doing it again would go further back, or forth again. */
  | { readonly nothing: string }
  | { readonly unknown: string };

/** The target of a person's rollback: a revision, or the newest verified release older than the one that runs. */
export function rollbackTarget(
  releases: readonly Release[],
  running: string,
  revision: number | undefined,
): Target {
  const current = releaseOf(releases, running);
  const unknown = isPlaceholder(running) ? 'The placeholder' : running;
  const runs = `${current ? `Revision ${String(current.revision)} (${current.version})` : unknown} runs`;
  if (revision !== undefined) {
    const named = newestFirst(releases).find(
      (release) => release.kind === 'deploy' && release.revision === revision,
    );
    if (!named) return { unknown: `No release has the revision ${revision}.` };
    return named.taskDefinition === running ? { nothing: `${runs} already.` } : { to: named };
  }
  const [last] = newestFirst(releases);
  if (last && wentBackTo(last) === running)
    return isLeft(last) && current
      ? { to: current }
      : { nothing: `${runs}, because it was gone back to already. To go elsewhere, name it with --to.` };
  const older = newestFirst(releases).find(
    (release) =>
      release.kind === 'deploy' &&
      release.state === 'verified' &&
      release.taskDefinition !== running &&
      (!current || release.number < current.number),
  );
  return older ? { to: older } : { unknown: `${runs}, and no older release was verified.` };
}

/** The task definition that a record goes or went back to. */
function wentBackTo({ kind, step, state, taskDefinition, previous }: Release): string | undefined {
  if (state === 'failed') return undefined;
  if (kind === 'rollback') return taskDefinition;
  return step === 'roll back' || step === 'verify rollback' ? previous : undefined;
}

function isLeft({ state }: Release): boolean {
  return state === 'unfinished' || state === 'running';
}

/** Where a release goes back to when it fails: what ran before, or, where that was never verified, what that would go back to. */
export function fallback(releases: readonly Release[], running: string): string {
  const current = releaseOf(releases, running);
  if (!current || current.state === 'verified') return running;
  const verified = newestFirst(releases).find(
    (release) => release.kind === 'deploy' && release.state === 'verified',
  );
  return current.previous ?? verified?.taskDefinition ?? running;
}
