import { definition, release } from '#deploy/core/examples';
import { stepsOfDeploy, stepsOfRollback } from '#deploy/core/steps';

describe('a plan', () => {
  const facts = {
    version: '2.0.0',
    digest: 'sha256:1',
    bakeSeconds: 60,
    fallback: definition(1),
    resumed: undefined,
  };

  it('migrates before ECS is told, and copies the database before that', () => {
    const steps = (snapshot: boolean) => stepsOfDeploy({ ...facts, snapshot }).map(({ step }) => step);
    expect(steps(true)).toEqual([
      'protect',
      'snapshot',
      'migrate',
      'register',
      'update',
      'rollout',
      'verify',
    ]);
    expect(steps(false)).not.toContain('snapshot');
  });

  it('of what ECS was told already is only to wait and verify', () => {
    const resumed = release(2, { state: 'unfinished' });
    expect(stepsOfDeploy({ ...facts, snapshot: true, resumed }).map(({ step }) => step)).toEqual([
      'rollout',
      'verify',
    ]);
  });

  it('of a rollback migrates nothing', () => {
    const steps = (running: number) =>
      stepsOfRollback({ target: release(1), running: definition(running), bakeSeconds: 60 }).map(
        ({ step }) => step,
      );
    expect(steps(2)).toEqual(['update', 'rollout', 'verify']);
    expect(steps(1)).toEqual(['rollout', 'verify']);
  });
});
