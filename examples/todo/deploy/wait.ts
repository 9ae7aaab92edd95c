import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '#deploy/context';
import { AccessLost, StepFailure, Superseded } from '#deploy/core/problem';
import type { Journal } from '#deploy/journal';

/** So many looks in a row may fail: AWS has bad minutes, and a release need not die of them. */
const FAILED_LOOKS = 5;

interface Wait<T> {
  readonly minutes: number;
  readonly tooLate: StepFailure;
  /** Undefined means: look again. */
  readonly look: () => Promise<T | undefined>;
}

/** Looks again and again until there is an answer, or it is too late. */
export async function waitFor<T>(context: Context, journal: Journal, wait: Wait<T>): Promise<T> {
  const { cloud, settings, reporter } = context;
  const deadline = Date.now() + wait.minutes * 60_000;
  let failed = 0;
  for (;;) {
    try {
      const answer = await wait.look();
      if (answer !== undefined) return answer;
      failed = 0;
    } catch (error) {
      cloud.signal.throwIfAborted();
      failed += 1;
      if (isFinal(error) || failed === FAILED_LOOKS) throw error;
      reporter.progress(`AWS can not be asked: ${(error as Error).message}`);
    }
    if (Date.now() >= deadline) throw wait.tooLate;
    await pause(settings.pollSeconds * 1000, undefined, { signal: cloud.signal });
    await journal.beat();
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof AccessLost || error instanceof StepFailure || error instanceof Superseded;
}
