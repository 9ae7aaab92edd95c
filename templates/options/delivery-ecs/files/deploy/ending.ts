import { commandsOf, type Context } from '#deploy/context';
import type { Outcome } from '#deploy/core/outcome';
import { AccessLost, Superseded } from '#deploy/core/problem';
import { stateLeft } from '#deploy/core/state';
import type { Journal } from '#deploy/journal';

/** Whether an error ends a command where it stands: it can't, may not or shall not put anything right itself. */
export function endsHere({ cloud }: Context, error: unknown): boolean {
  return cloud.signal.aborted || error instanceof AccessLost || error instanceof Superseded;
}

/** What to say where a command ends half-way; the record says it, too. */
export async function halfWay(context: Context, journal: Journal, error: unknown): Promise<Outcome> {
  const left = stateLeft(journal.release, commandsOf(context));
  if (context.cloud.signal.aborted) {
    await journal.end('unfinished', 'interrupted');
    return { ending: 'interrupted', headline: 'Interrupted.', ...left, release: journal.release };
  }
  const { message } = error as Error;
  if (error instanceof Superseded) {
    await journal.end('failed', message);
    return {
      ending: 'superseded',
      headline: message,
      state: 'What they run goes on, and was not touched.',
      next: `See ${commandsOf(context).releases}, and talk to them.`,
      release: journal.release,
    };
  }
  await journal.end('unfinished', message);
  return {
    ending: 'access-lost',
    headline: `AWS no longer accepts the credentials (${message}).`,
    ...left,
    next: `Log in again. ${left.next}`,
    release: journal.release,
  };
}

/** The plan, in place of doing it. */
export function plannedOutcome(headline: string, titles: readonly string[]): Outcome {
  return { ending: 'done', headline, details: titles, state: 'Nothing was changed: this was a dry run.' };
}
