import type { Task } from '@aws-sdk/client-ecs';

/** Why a migration that has ended did not succeed; undefined where it did. That its task stopped says nothing. */
export function failureOfTask(task: Task, container: string): string | undefined {
  const found = task.containers?.find(({ name }) => name === container);
  if (found?.exitCode === 0) return undefined;
  if (found?.exitCode !== undefined) return `The migration ended with exit status ${found.exitCode}.`;
  const reason = found?.reason ?? task.stoppedReason ?? 'ECS gives no reason';
  return `The migration did not run to its end: ${reason}.`;
}
