import { readService, updateService } from '#deploy/cloud/ecs';
import type { Context } from '#deploy/context';
import { StepFailure, Superseded } from '#deploy/core/problem';
import { revisionOf } from '#deploy/core/release';
import { rolloutVerdict } from '#deploy/core/rollout';
import type { Journal } from '#deploy/journal';
import { waitFor } from '#deploy/wait';

/** Looks after which ECS must show what it was told. */
const UNSEEN_LOOKS = 6;

/** Tells ECS what to run, unless it runs that. Resolves with the id of the deployment. */
export async function update(context: Context, taskDefinition: string): Promise<string> {
  const { cloud, deployment } = context;
  const id = await runningIdOf(context, taskDefinition);
  return id ?? (await cloud.do(updateService(deployment, taskDefinition)));
}

/** The deployment of a service that is to run this already; undefined where it is to run something else. */
async function runningIdOf(
  { cloud, deployment }: Context,
  taskDefinition: string,
): Promise<string | undefined> {
  const service = await cloud.do(readService(deployment));
  const primary = service?.deployments?.find(({ status }) => status === 'PRIMARY');
  return primary?.taskDefinition === taskDefinition ? primary.id : undefined;
}

/** Waits until ECS has replaced the tasks in this deployment, and in no other. */
export async function rollout(context: Context, journal: Journal, id: string, before: string): Promise<void> {
  const { cloud, deployment, reporter, settings } = context;
  let looks = 0;
  let wasSeen = false;
  await waitFor(context, journal, {
    minutes: settings.rolloutMinutes,
    tooLate: new StepFailure(
      `ECS has not replaced the tasks within ${settings.rolloutMinutes} minutes.`,
      'The events of the service say what holds it up.',
    ),
    look: async () => {
      const service = await cloud.do(readService(deployment));
      if (!service) return undefined;
      looks += 1;
      wasSeen ||= looks > UNSEEN_LOOKS || (service.deployments ?? []).some((rollout) => rollout.id === id);
      const verdict = rolloutVerdict(service, id, before, wasSeen);
      if (verdict.is === 'going') {
        reporter.progress(verdict.progress);
        return undefined;
      }
      if (verdict.is === 'failed')
        throw new StepFailure(
          `ECS gave the release up: ${verdict.reason.replace(/\.$/, '')}.`,
          'Read the log of its tasks.',
        );
      if (verdict.is === 'superseded')
        throw new Superseded(
          `Revision ${revisionOf(verdict.by)} took its place: somebody else changed the service.`,
        );
      return true;
    },
  });
}
