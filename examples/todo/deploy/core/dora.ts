import { durationText, secondsBetween } from '#deploy/core/record';
import { newestFirst, type Release } from '#deploy/core/release';

const DAY_MS = 86_400_000;

/** The four figures of DORA, of the releases of an environment that reached its users in some days. */
export interface Figures {
  readonly days: number;
  readonly deployments: number;
  readonly perWeek: number;
  /** How many of them had to be gone back from, or left the service unwell. */
  readonly failures: number;
  /** Between 0 and 1; undefined without deployments, as are the times without anything to take them of. */
  readonly changeFailureRate: number | undefined;
  /** Median: from telling ECS to run what failed until what took its place was verified. */
  readonly restoreSeconds: number | undefined;
  /** Failures after which nothing was verified yet. */
  readonly notRestored: number;
  /** Median: from the commit until it was verified, of those that stayed. */
  readonly leadSeconds: number | undefined;
}

export function figuresOf(releases: readonly Release[], days: number, now: Date): Figures {
  const since = now.getTime() - days * DAY_MS;
  const reached = releases.filter(
    ({ kind, state, changedAt }) =>
      kind === 'deploy' &&
      changedAt !== undefined &&
      Date.parse(changedAt) >= since &&
      (state === 'verified' || state === 'rolled-back' || state === 'failed'),
  );
  const failed = reached.filter(({ state }) => state !== 'verified');
  const restored = failed.flatMap((release) => {
    const at = restoredAt(release, releases);
    return at === undefined ? [] : [secondsBetween(release.changedAt ?? release.startedAt, at)];
  });
  const leads = reached.flatMap(({ state, committedAt, updatedAt }) =>
    state === 'verified' && committedAt !== undefined ? [secondsBetween(committedAt, updatedAt)] : [],
  );
  return {
    days,
    deployments: reached.length,
    perWeek: (7 * reached.length) / days,
    failures: failed.length,
    changeFailureRate: reached.length === 0 ? undefined : failed.length / reached.length,
    restoreSeconds: median(restored),
    notRestored: failed.length - restored.length,
    leadSeconds: median(leads),
  };
}

/** When users had something that was verified again; undefined where they have not, yet. */
function restoredAt(release: Release, releases: readonly Release[]): string | undefined {
  // It went back by itself; what a person goes back from keeps the step in which it was verified.
  if (release.state === 'rolled-back' && release.step === 'verify rollback') return release.updatedAt;
  return newestFirst(releases).findLast(
    ({ number, state }) => number > release.number && (state === 'verified' || state === 'rolled-back'),
  )?.updatedAt;
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

export function figuresText(environment: string, figures: Figures): string {
  const { days, deployments, perWeek, failures, changeFailureRate, notRestored } = figures;
  const time = (seconds: number | undefined) =>
    seconds === undefined ? '-' : durationText(Math.round(seconds));
  const rate = changeFailureRate === undefined ? '-' : `${Math.round(100 * changeFailureRate)} %`;
  return [
    `${environment}, the last ${days} days`,
    `deployment frequency  ${perWeek.toFixed(1)} a week (${deployments})`,
    `lead time             ${time(figures.leadSeconds)} (median, from the commit until it was verified)`,
    `change failure rate   ${rate} (${failures} of ${deployments})`,
    `time to restore       ${time(figures.restoreSeconds)} (median, from the change until what took its place was verified)${notRestored > 0 ? `; ${notRestored} not restored` : ''}`,
  ].join('\n');
}
