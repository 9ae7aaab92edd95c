import { setTimeout as pause } from 'node:timers/promises';
import { readService, readTasks } from '#deploy/cloud/ecs';
import { soundingAlarms, targetHealth } from '#deploy/cloud/signals';
import type { Context } from '#deploy/context';
import { findingsOf, type Expected, type Finding } from '#deploy/core/health';
import { AccessLost, StepFailure, Superseded } from '#deploy/core/problem';
import { revisionOf } from '#deploy/core/release';
import type { Judgement, Observation } from '#deploy/core/verification';
import { askVersion } from '#deploy/http';
import type { Journal } from '#deploy/journal';

const ANSWERS = 5;
const PATIENCE_MS = 60_000;
/** So many looks in a row may fail before nothing is known any more. */
const FAILED_LOOKS = 5;

interface Verification {
  readonly expected: Omit<Expected, 'desiredCount'>;
  readonly judge: (
    observations: readonly Observation[],
    limits: { bakeMs: number; patienceMs: number },
  ) => Judgement;
  /** Alarms that don't count. */
  readonly ignored: readonly string[];
  /** What is looked at once all else is good, since some moment. */
  readonly atLast?: (since: Date) => Promise<readonly Finding[]>;
  /** What ran before: where ECS goes back to by itself. */
  readonly before: string;
}

/** Looks at a service until it was good for long enough; throws a {@link StepFailure} with what was not. */
export async function verify(context: Context, journal: Journal, verification: Verification): Promise<void> {
  const { settings, cloud, reporter } = context;
  // Patience is for AWS; where tests bake for seconds they have as little of it.
  const limits = {
    bakeMs: settings.bakeSeconds * 1000,
    patienceMs: Math.min(PATIENCE_MS, settings.bakeSeconds * 1000),
  };
  const start = Date.now();
  const observations: Observation[] = [];
  let failed = 0;
  for (;;) {
    const findings = await look(context, verification).catch((error: unknown) => {
      cloud.signal.throwIfAborted();
      failed += 1;
      if (
        error instanceof Superseded ||
        error instanceof StepFailure ||
        error instanceof AccessLost ||
        failed === FAILED_LOOKS
      )
        throw error;
      reporter.progress(`AWS can not be asked: ${(error as Error).message}`);
      return undefined;
    });
    if (findings) {
      failed = 0;
      const at = Date.now() - start;
      observations.push({ at, findings });
      const seconds = `${Math.round(at / 1000)} of ${settings.bakeSeconds} s`;
      reporter.progress(findings.length === 0 ? `good, ${seconds}` : textOf(findings));
      const judgement = verification.judge(observations, limits);
      if (judgement === 'good') {
        const last = (await verification.atLast?.(new Date(start))) ?? [];
        if (last.length === 0) return;
        throw new StepFailure(textOf(last), 'Compare the two releases on the dashboard.');
      }
      if (judgement === 'bad') throw new StepFailure(textOf(findings), 'Read the log of its tasks.');
    }
    await pause(settings.pollSeconds * 1000, undefined, { signal: cloud.signal });
    await journal.beat();
  }
}

function textOf(findings: readonly Finding[]): string {
  return findings.map(({ text }) => text).join('; ');
}

async function look(
  context: Context,
  { expected, ignored, before }: Verification,
): Promise<readonly Finding[]> {
  const { cloud, deployment, smokeTest } = context;
  const service = await cloud.do(readService(deployment));
  if (!service) throw new Error('ECS does not know the service.');
  const { taskDefinition = '' } = service;
  if (taskDefinition !== expected.taskDefinition) {
    if (taskDefinition === before)
      throw new StepFailure('ECS went back by itself.', 'Read the events of the service.');
    throw new Superseded(
      `Revision ${revisionOf(taskDefinition)} took its place: somebody else changed the service.`,
    );
  }
  const group = service.loadBalancers?.[0]?.targetGroupArn;
  const [targets, tasks, alarms, answers] = await Promise.all([
    group === undefined ? [] : cloud.do(targetHealth(group)),
    cloud.do(readTasks(deployment)),
    cloud.do(soundingAlarms(deployment.rollbackAlarms)),
    expected.version ? askVersion(deployment.url, ANSWERS, cloud.signal) : [],
  ]);
  const sounding = alarms.filter((name) => !ignored.includes(name));
  const findings = findingsOf(
    { targets, tasks, answers, alarms: sounding },
    { ...expected, desiredCount: service.desiredCount ?? 0 },
  );
  return findings.length > 0 || !expected.version ? findings : smokeTest.run(cloud.signal);
}
