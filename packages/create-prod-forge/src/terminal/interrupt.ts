import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The user, or the system, ended the run; nothing is wrong. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitStatus: number;

  constructor(signal: (typeof SIGNALS)[number] = 'SIGINT') {
    super('Interrupted.');
    this.exitStatus = statusOf(signal);
  }
}

/**
 * Turns the signals that end a process into an orderly exit with the status that shells expect (130 for Ctrl-C, 143 for
 * SIGTERM), so that what `withCleanup` guards is cleaned up. Called once, by the command line.
 *
 * @param farewell says what the interruption left; called before the cleanup
 */
export function exitOnSignals(farewell: () => void = () => undefined): void {
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      farewell();
      process.exit(statusOf(signal));
    });
  }
}

/**
 * Runs `work`; undoes it with `cleanup` when it fails, or when the process exits in the middle for whatever reason but SIGKILL.
 *
 * @param cleanup synchronous: nothing else runs while a process exits
 */
export async function withCleanup<T>(cleanup: () => void, work: () => Promise<T>): Promise<T> {
  process.prependOnceListener('exit', cleanup); // The innermost work is undone first.
  try {
    return await work();
  } catch (error) {
    cleanup();
    throw error;
  } finally {
    process.off('exit', cleanup);
  }
}

function statusOf(signal: (typeof SIGNALS)[number]): number {
  return 128 + constants.signals[signal];
}
