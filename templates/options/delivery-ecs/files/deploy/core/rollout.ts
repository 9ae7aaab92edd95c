import type { Deployment as Rollout, Service } from '@aws-sdk/client-ecs';

/** Where the rollout of one deployment is. */
export type RolloutVerdict =
  | { readonly is: 'going'; readonly progress: string }
  | { readonly is: 'done' }
  /** ECS gave it up, because tasks did not start or an alarm sounded. It may be on its way back. */
  | { readonly is: 'failed'; readonly reason: string }
  /** Another deployment took its place that ECS did not start to go back. */
  | { readonly is: 'superseded'; readonly by: string };

/**
 * Judges the rollout of the deployment with this id. That the service is stable says nothing: it is, too, once ECS has gone
 * back to the task definition from before.
 *
 * @param before The task definition that ran before: ECS goes back to it.
 * @param wasSeen Whether ECS has shown this deployment before: it may take a moment until it does.
 */
export function rolloutVerdict(
  service: Service,
  id: string,
  before: string,
  wasSeen: boolean,
): RolloutVerdict {
  const rollouts = service.deployments ?? [];
  const ours = rollouts.find((rollout) => rollout.id === id);
  const primary = rollouts.find(({ status }) => status === 'PRIMARY');
  if (ours?.rolloutState === 'FAILED')
    return { is: 'failed', reason: ours.rolloutStateReason ?? 'ECS gives no reason' };
  if (ours?.status === 'PRIMARY')
    return ours.rolloutState === 'COMPLETED' ? { is: 'done' } : { is: 'going', progress: progressOf(ours) };
  if (!ours && !wasSeen) return { is: 'going', progress: 'ECS does not show the deployment yet' };
  if (!primary) return { is: 'going', progress: 'ECS names no deployment yet' };
  if (primary.taskDefinition === before) return { is: 'failed', reason: whyBack(primary) };
  return { is: 'superseded', by: primary.taskDefinition ?? 'an unknown task definition' };
}

/** Once ECS has arrived, it says that this went well, and no longer why. */
function whyBack({ rolloutState, rolloutStateReason }: Rollout): string {
  const isUnderWay = rolloutState === 'IN_PROGRESS';
  return (isUnderWay ? rolloutStateReason : undefined) ?? 'ECS went back to the revision before';
}

export function isSettled(service: Service): boolean {
  const [only, ...others] = service.deployments ?? [];
  return only?.rolloutState === 'COMPLETED' && others.length === 0;
}

function progressOf({
  runningCount = 0,
  pendingCount = 0,
  desiredCount = 0,
  failedTasks = 0,
}: Rollout): string {
  const failed = failedTasks > 0 ? `, ${failedTasks} failed` : '';
  return `${runningCount} of ${desiredCount} tasks run, ${pendingCount} start${failed}`;
}
