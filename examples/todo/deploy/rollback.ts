import { readTaskDefinition } from '#deploy/cloud/ecs';
import { writeRelease } from '#deploy/cloud/parameters';
import { commandsOf, type Context } from '#deploy/context';
import { endsHere, halfWay, plannedOutcome } from '#deploy/ending';
import type { ImageFacts } from '#deploy/core/image';
import type { Outcome } from '#deploy/core/outcome';
import { problemsOfRollback } from '#deploy/core/preflight';
import { problem, Refusal } from '#deploy/core/problem';
import { nameOf, newestFirst, releaseOf, type Release } from '#deploy/core/release';
import { knownSchema } from '#deploy/core/schema';
import { stepsOfRollback } from '#deploy/core/steps';
import { rollbackTarget } from '#deploy/core/target';
import { judgeRollback } from '#deploy/core/verification';
import { Journal } from '#deploy/journal';
import { rollout, update } from '#deploy/replace-tasks';
import { imageOf, survey, type Survey } from '#deploy/survey';
import { verify } from '#deploy/verify';

/** Goes back to an earlier release. Throws a {@link Refusal} where it doesn't begin. */
export async function rollback(context: Context): Promise<Outcome> {
  const { args, cloud, settings, reporter } = context;
  reporter.step('Look before anything is changed');
  const before = await survey(context);
  const running = before.service?.taskDefinition ?? '';
  const found = rollbackTarget(before.releases, running, args.to);
  if ('nothing' in found)
    return {
      ending: 'done',
      headline: found.nothing,
      state: 'Nothing was changed.',
      next: commandsOf(context).releases,
    };
  if ('unknown' in found)
    throw new Refusal([problem('no-target', found.unknown, `Choose from: ${commandsOf(context).releases}`)]);
  const target = found.to;
  const image = await imageOf(context, target.digest);
  const definition = await cloud.do(readTaskDefinition(target.taskDefinition ?? ''));
  const isActive = definition?.status === 'ACTIVE';
  const problems = problemsOfRollback({ ...before, build: image?.build }, target, isActive, args);
  if (problems.length > 0 || !image) throw new Refusal(problems);

  const isThere = target.taskDefinition === running;
  const from = isThere ? wentFrom(before.releases) : running;
  const steps = stepsOfRollback({ target, running, bakeSeconds: settings.bakeSeconds });
  const titles = steps.map(({ title }) => title);
  if (args.dryRun) return plannedOutcome(`This would roll ${args.environment} back:`, titles);
  const journal = await Journal.begin(context, before.releases, {
    ...image.build,
    kind: 'rollback',
    revision: target.revision,
    taskDefinition: target.taskDefinition,
    previous: from,
  });
  return run(context, {
    journal,
    target,
    image,
    before,
    from,
    titles: new Map(steps.map(({ step, title }) => [step, title])),
  });
}

interface Work {
  readonly journal: Journal;
  readonly target: Release;
  readonly image: ImageFacts;
  readonly before: Survey;
  /** The task definition that is gone back from. */
  readonly from: string;
  readonly titles: ReadonlyMap<string, string>;
}

async function run(context: Context, work: Work): Promise<Outcome> {
  const { journal, target, from } = work;
  const what = `revision ${target.revision ?? 0} (${target.version})`;
  try {
    await replace(context, work);
  } catch (error) {
    if (endsHere(context, error)) return halfWay(context, journal, error);
    const { message } = error as Error;
    await journal.end('failed', message);
    return {
      ending: 'broken',
      headline: `Going back to ${what} failed.`,
      details: [message],
      state: `ECS was told to run ${what} in place of ${nameOf(from)}; it may have gone back by itself. What runs is not known to serve well.`,
      next: `Look at the service now. To go elsewhere: ${commandsOf(context).releases}, and rollback --to <revision>`,
      release: journal.release,
    };
  }
  await journal.end('verified');
  await mark(context, work);
  return {
    ending: 'done',
    headline: `Rolled back from ${nameOf(from)}: ${what} runs, and was verified.`,
    release: journal.release,
  };
}

async function replace(
  context: Context,
  { journal, target, image, before, from, titles }: Work,
): Promise<void> {
  const { taskDefinition = '' } = target;
  if (titles.has('update')) await journal.step('update', titles.get('update') ?? '');
  const id = await update(context, taskDefinition);
  await journal.step('rollout', titles.get('rollout') ?? '');
  await rollout(context, journal, id, from);
  await journal.step('verify', titles.get('verify') ?? '');
  await verify(context, journal, {
    expected: {
      taskDefinition,
      container: context.deployment.container,
      digests: image.digests,
      version: { commit: image.build.commit, schema: knownSchema(before.releases) },
    },
    judge: judgeRollback,
    ignored: [],
    before: from,
  });
}

/** What was gone back from is no target for anybody who doesn't name it. */
async function mark({ cloud, path, reporter }: Context, { before, from, journal }: Work): Promise<void> {
  const left = releaseOf(before.releases, from);
  if (!left || left.state === 'rolled-back') return;
  const reason = `gone back from, by ${journal.release.by}`;
  await cloud.do(writeRelease(path, { ...left, state: 'rolled-back', reason })).catch((error: unknown) => {
    reporter.line(`  Revision ${left.revision ?? 0} could not be marked: ${(error as Error).message}`);
  });
}

/** What the rollback that is gone on with went back from. */
function wentFrom(releases: readonly Release[]): string {
  const [last] = newestFirst(releases);
  return (last?.kind === 'rollback' ? last.previous : last?.taskDefinition) ?? '';
}
