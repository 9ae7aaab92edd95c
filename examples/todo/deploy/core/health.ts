import type { Task } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';

/** What is not as it should be, of a service that should run one release. */
export interface Finding {
  /** Tasks and targets may take a moment; an answer to a user or an alarm is a fact. */
  readonly kind: 'targets' | 'tasks' | 'answer' | 'alarm';
  readonly text: string;
}

/** What a service should look like. */
export interface Expected {
  readonly taskDefinition: string;
  readonly container: string;
  readonly desiredCount: number;
  /** The digests that tasks may name: of what was pushed, and of its platforms. Empty where that is not known. */
  readonly digests: readonly string[];
  /** What `/version` has to say; undefined for what is no release, such as the placeholder. */
  readonly version: { readonly commit: string; readonly schema: string | undefined } | undefined;
}

/** What one look at a service saw. */
export interface Look {
  readonly targets: readonly TargetHealthDescription[];
  readonly tasks: readonly Task[];
  readonly answers: readonly Answer[];
  /** Names of alarms that sound, without those that did before. */
  readonly alarms: readonly string[];
}

/** How `/version` answered, through the public address. */
export type Answer =
  | { readonly status: number; readonly commit?: string; readonly schemaVersion?: string }
  | { readonly unreachable: string };

export function findingsOf(look: Look, expected: Expected): readonly Finding[] {
  return [
    ...targetFindings(look.targets, expected),
    ...taskFindings(look.tasks, expected),
    ...look.answers.flatMap((answer) => answerFindings(answer, expected)),
    ...look.alarms.map((name): Finding => ({ kind: 'alarm', text: `the alarm ${name} sounds` })),
  ];
}

function targetFindings(targets: readonly TargetHealthDescription[], expected: Expected): readonly Finding[] {
  const states = targets.map(({ Target, TargetHealth }) => ({
    id: Target?.Id ?? 'a target',
    state: TargetHealth?.State ?? 'unknown',
    reason: TargetHealth?.Description ?? TargetHealth?.Reason ?? 'no reason given',
  }));
  const staying = states.filter(({ state }) => state !== 'draining');
  const sick = staying.filter(({ state }) => state !== 'healthy');
  const healthy = staying.length - sick.length;
  return [
    ...sick.map(({ id, state, reason }): Finding => ({
      kind: 'targets',
      text: `${id} is ${state}: ${reason}`,
    })),
    ...(healthy < expected.desiredCount
      ? [finding('targets', `the balancer has ${healthy} healthy of ${expected.desiredCount} targets`)]
      : []),
  ];
}

function taskFindings(tasks: readonly Task[], expected: Expected): readonly Finding[] {
  const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const strange = running.filter((task) => task.taskDefinitionArn !== expected.taskDefinition);
  const ours = running.filter((task) => task.taskDefinitionArn === expected.taskDefinition);
  const wrong = ours.flatMap((task) => {
    if (expected.digests.length === 0) return [];
    const digest = task.containers?.find(({ name }) => name === expected.container)?.imageDigest;
    const name = task.taskArn ?? 'a task';
    // ECS may know it a moment later; a task that never says so was not seen to run the release.
    if (digest === undefined) return [finding('tasks', `${name} does not say which image it runs`)];
    return expected.digests.includes(digest) ? [] : [finding('answer', `${name} runs the image ${digest}`)];
  });
  return [
    ...strange.map((task) =>
      finding('tasks', `${task.taskArn ?? 'a task'} runs ${task.taskDefinitionArn ?? 'something else'}`),
    ),
    ...wrong,
    ...(ours.length < expected.desiredCount
      ? [finding('tasks', `${ours.length} of ${expected.desiredCount} tasks run the release`)]
      : []),
  ];
}

function answerFindings(answer: Answer, { version }: Expected): readonly Finding[] {
  if (!version) return [];
  if ('unreachable' in answer) return [finding('answer', `/version does not answer: ${answer.unreachable}`)];
  if (answer.status !== 200) return [finding('answer', `/version answers ${answer.status}`)];
  if (answer.commit !== version.commit)
    return [finding('answer', `/version says commit ${answer.commit ?? 'nothing'}, not ${version.commit}`)];
  if (version.schema !== undefined && answer.schemaVersion !== version.schema)
    return [
      finding('answer', `/version says schema ${answer.schemaVersion ?? 'nothing'}, not ${version.schema}`),
    ];
  return [];
}

function finding(kind: Finding['kind'], text: string): Finding {
  return { kind, text };
}
