import type { Finding } from '#deploy/core/health';

/** One look during a verification. */
export interface Observation {
  /** Milliseconds since the verification began. */
  readonly at: number;
  readonly findings: readonly Finding[];
}

export type Judgement = 'good' | 'bad' | 'look again';

interface Limits {
  readonly bakeMs: number;
  /** How long tasks and targets may take. */
  readonly patienceMs: number;
}

/** A release fails at the first wrong answer or alarm: behind it there is one that was good. */
export function judgeRelease(
  observations: readonly Observation[],
  { bakeMs, patienceMs }: Limits,
): Judgement {
  const last = observations.at(-1);
  if (!last) return 'look again';
  if (last.findings.some(({ kind }) => kind === 'answer' || kind === 'alarm')) return 'bad';
  if (last.findings.length > 0)
    return last.at - troubleSince(observations) >= patienceMs ? 'bad' : 'look again';
  return last.at >= bakeMs ? 'good' : 'look again';
}

/**
 * Behind a rollback there is nothing, and the alarms of what it undoes sound on for a while: it has time to become good, and then
 * has to stay good.
 */
export function judgeRollback(
  observations: readonly Observation[],
  { bakeMs, patienceMs }: Limits,
): Judgement {
  const last = observations.at(-1);
  if (!last) return 'look again';
  if (last.findings.length > 0) return last.at >= bakeMs + 10 * patienceMs ? 'bad' : 'look again';
  const lastTrouble = observations.findLast(({ findings }) => findings.length > 0)?.at ?? 0;
  return last.at - lastTrouble >= Math.min(bakeMs, patienceMs) ? 'good' : 'look again';
}

/** When the uninterrupted trouble began that the last observation is part of. */
function troubleSince(observations: readonly Observation[]): number {
  const lastGood = observations.findLastIndex(({ findings }) => findings.length === 0);
  return observations[lastGood + 1]?.at ?? 0;
}
