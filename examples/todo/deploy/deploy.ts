import { readTaskDefinition, register as registerRevision } from '#deploy/cloud/ecs';
import { protectImage } from '#deploy/cloud/registry';
import { compareTraffic, trafficBefore } from '#deploy/compare';
import { commandsOf, type Context } from '#deploy/context';
import { familyOf } from '#deploy/core/deployment';
import { releaseTag, repositoryName, type ImageFacts } from '#deploy/core/image';
import type { Outcome } from '#deploy/core/outcome';
import { problemsOfDeploy, resumable } from '#deploy/core/preflight';
import { Refusal, StepFailure } from '#deploy/core/problem';
import { revisionOf, type Build, type Step } from '#deploy/core/release';
import { knownSchema } from '#deploy/core/schema';
import { stateLeft } from '#deploy/core/state';
import { stepsOfDeploy, type PlannedStep } from '#deploy/core/steps';
import { fallback } from '#deploy/core/target';
import { cloneOf } from '#deploy/core/task-definition';
import type { Traffic } from '#deploy/core/traffic';
import { judgeRelease } from '#deploy/core/verification';
import { endsHere, halfWay, plannedOutcome } from '#deploy/ending';
import { goBack } from '#deploy/go-back';
import { Journal } from '#deploy/journal';
import { migrate } from '#deploy/migration';
import { rollout, update } from '#deploy/replace-tasks';
import { snapshot } from '#deploy/snapshot';
import { imageOf, survey, type Survey } from '#deploy/survey';
import { verify } from '#deploy/verify';

/** Releases an image. Throws a {@link Refusal} where it doesn't begin. */
export async function deploy(context: Context): Promise<Outcome> {
  const { args, settings, reporter } = context;
  reporter.step('Look before anything is changed');
  const before = await survey(context);
  const image = await imageOf(context, args.image);
  const problems = problemsOfDeploy({ ...before, build: image?.build }, args.image, args);
  if (problems.length > 0 || !image) throw new Refusal(problems);

  const traffic = await trafficBefore(context, before);
  const running = before.service?.taskDefinition ?? '';
  const resumed = resumable(before.releases, args.image, before.service);
  const facts = {
    ...image.build,
    snapshot: settings.snapshot,
    bakeSeconds: settings.bakeSeconds,
    fallback: fallback(before.releases, running),
    resumed,
  };
  const steps = stepsOfDeploy(facts);
  if (resumed)
    reporter.line(`  Release ${resumed.number} was left at: ${resumed.step}. It goes on from there.`);
  if (args.dryRun)
    return plannedOutcome(
      `This would release ${image.build.version} to ${args.environment}:`,
      steps.map(({ title }) => title),
    );

  const journal = await Journal.begin(context, before.releases, {
    ...image.build,
    kind: 'deploy',
    previous: facts.fallback,
    ...(resumed?.taskDefinition !== undefined && {
      migrated: true,
      changedAt: resumed.changedAt,
      revision: revisionOf(resumed.taskDefinition),
      taskDefinition: resumed.taskDefinition,
    }),
  });
  return run(context, { journal, steps, image, before, traffic, fallback: facts.fallback, remarks: [] });
}

interface Work {
  readonly journal: Journal;
  readonly steps: readonly PlannedStep[];
  readonly image: ImageFacts;
  readonly before: Survey;
  /** What users got before. */
  readonly traffic: Traffic | undefined;
  readonly fallback: string;
  /** What a good outcome says besides. */
  readonly remarks: string[];
}

/** Does step after step; where one fails, what it had already done decides what follows. */
async function run(context: Context, work: Work): Promise<Outcome> {
  const { journal, steps, image, remarks } = work;
  try {
    for (const { step, title } of steps) {
      await journal.step(step, title);
      await ACTIONS[step]?.(context, work);
    }
  } catch (error) {
    return fail(context, work, error);
  }
  await journal.end('verified');
  const { version, commit } = image.build;
  return {
    ending: 'done',
    headline: `${version} (${commit.slice(0, 12)}) runs as revision ${journal.release.revision ?? 0}, and was verified.`,
    details: remarks,
    release: journal.release,
  };
}

type Action = (context: Context, work: Work) => Promise<void>;

const ACTIONS: Readonly<Partial<Record<Step, Action>>> = {
  protect: async ({ cloud, deployment }, { image: { build } }) =>
    cloud.do(protectImage(repositoryName(deployment.repositoryUrl), build.digest, releaseTag(build.digest))),
  snapshot: async (context, { journal }) => snapshot(context, journal),
  migrate: async (context, { journal, image }) => {
    await migrate(context, journal, image.build);
    await journal.note({ migrated: true });
  },
  register: async (context, { journal, image }) => register(context, journal, image.build),
  update: async (context, { journal }) => {
    await journal.note({ deployment: await update(context, journal.release.taskDefinition ?? '') });
  },
  rollout: async (context, { journal, fallback: previous }) => {
    const { deployment, taskDefinition = '' } = journal.release;
    // Whoever goes on with a release finds the deployment that was begun.
    const id = deployment ?? (await update(context, taskDefinition));
    await rollout(context, journal, id, previous);
  },
  verify: async (context, { journal, image, before, traffic, fallback: previous, remarks }) =>
    verify(context, journal, {
      expected: {
        taskDefinition: journal.release.taskDefinition ?? '',
        container: context.deployment.container,
        digests: image.digests,
        version: {
          commit: image.build.commit,
          schema: knownSchema([...before.releases, journal.release]),
        },
      },
      judge: judgeRelease,
      ignored: before.sounding,
      atLast: async (since) => {
        const { worse, skipped } = await compareTraffic(context, before, traffic, since);
        if (skipped !== undefined) remarks.push(skipped);
        return worse;
      },
      before: previous,
    }),
};

async function register(context: Context, journal: Journal, build: Build): Promise<void> {
  const { cloud, deployment, reporter } = context;
  const template = await cloud.do(readTaskDefinition(deployment.templateFamily));
  if (!template) throw new StepFailure(`There is no ${deployment.templateFamily}.`, 'Apply Terraform first.');
  const taskDefinition = await cloud.do(
    registerRevision(
      cloneOf(template, {
        family: familyOf(deployment.templateFamily),
        container: deployment.container,
        image: `${deployment.repositoryUrl}@${build.digest}`,
        version: build.version,
        command: 'of the image',
      }),
    ),
  );
  reporter.line(`  revision ${revisionOf(taskDefinition)}`);
  await journal.note({ taskDefinition, revision: revisionOf(taskDefinition) });
}

/** From here on ECS may run it. */
const CHANGING: readonly Step[] = ['update', 'rollout', 'verify'];

async function fail(context: Context, work: Work, error: unknown): Promise<Outcome> {
  const { journal } = work;
  const { step } = journal.release;
  const cause = error as Error;
  if (endsHere(context, error)) return halfWay(context, journal, error);
  const remedy = error instanceof StepFailure ? error.remedy : `Then: ${commandsOf(context).again}`;
  if (CHANGING.includes(step)) return goBack(context, { ...work, cause });
  await journal.end('failed', cause.message);
  return {
    ending: step === 'migrate' ? 'migration-failed' : 'failed',
    headline: cause.message,
    state: stateLeft(journal.release, commandsOf(context)).state,
    next: remedy,
    release: journal.release,
  };
}
