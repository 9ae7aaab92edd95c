import { commandsOf, type Context } from '#deploy/context';
import { endsHere, halfWay } from '#deploy/ending';
import type { Outcome } from '#deploy/core/outcome';
import { StepFailure } from '#deploy/core/problem';
import { nameOf, releaseOf } from '#deploy/core/release';
import { knownSchema } from '#deploy/core/schema';
import { judgeRollback } from '#deploy/core/verification';
import type { Journal } from '#deploy/journal';
import { rollout, update } from '#deploy/replace-tasks';
import { imageOf, type Survey } from '#deploy/survey';
import { verify } from '#deploy/verify';

interface Failed {
  readonly journal: Journal;
  readonly before: Survey;
  /** The task definition to go back to. */
  readonly fallback: string;
  readonly cause: Error;
}

/** Undoes a release that failed, and verifies that. */
export async function goBack(context: Context, failed: Failed): Promise<Outcome> {
  const { journal, fallback, cause } = failed;
  const { revision = 0 } = journal.release;
  const target = nameOf(fallback);
  context.reporter.line(`  ${cause.message}`);
  try {
    await journal.step('roll back', `Go back to ${target}`);
    const id = await update(context, fallback);
    await rollout(context, journal, id, journal.release.taskDefinition ?? '');
    await journal.step('verify rollback', 'Verify what was gone back to');
    await verifyFallback(context, failed);
  } catch (error) {
    if (endsHere(context, error)) return halfWay(context, journal, error);
    await journal.end('failed', `${cause.message}; the rollback failed: ${(error as Error).message}`);
    return {
      ending: 'broken',
      headline: `Revision ${revision} failed, and going back to ${target} did, too.`,
      details: [cause.message, (error as Error).message],
      state: `ECS was told to run ${target}. It is not known to serve well.`,
      next: `Look at the service now. To go elsewhere: ${commandsOf(context).rollback} --to <revision>`,
      release: journal.release,
    };
  }
  await journal.end('rolled-back', cause.message);
  return {
    ending: 'rolled-back',
    headline: `Revision ${revision} failed and was rolled back: ${target} runs, and was verified.`,
    details: [cause.message],
    state: 'The migrations of the release stay: they work with the code before them.',
    next: cause instanceof StepFailure ? cause.remedy : `Find out why, then: ${commandsOf(context).again}`,
    release: journal.release,
  };
}

async function verifyFallback(context: Context, { journal, before, fallback }: Failed): Promise<void> {
  const release = releaseOf(before.releases, fallback);
  const image = release && (await imageOf(context, release.digest));
  await verify(context, journal, {
    expected: {
      taskDefinition: fallback,
      container: context.deployment.container,
      digests: image?.digests ?? [],
      version: release && {
        commit: release.commit,
        schema: knownSchema([...before.releases, journal.release]),
      },
    },
    judge: judgeRollback,
    ignored: before.sounding,
    before: journal.release.taskDefinition ?? '',
  });
}
