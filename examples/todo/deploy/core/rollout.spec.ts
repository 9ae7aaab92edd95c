import { definition, service } from '#deploy/core/examples';
import { isSettled, rolloutVerdict } from '#deploy/core/rollout';

const OLD = definition(1);
const NEW = definition(2);
const primary = { status: 'PRIMARY', taskDefinition: NEW, id: 'new' };
const verdict = (deployments: object[], wasSeen = true) =>
  rolloutVerdict(service(2, { deployments }), 'new', OLD, wasSeen);

describe('a rollout', () => {
  it('is done once its own deployment is completed', () => {
    expect(verdict([{ ...primary, rolloutState: 'COMPLETED' }])).toEqual({ is: 'done' });
  });

  it('goes on as long as it is in progress, and says how far it is', () => {
    const counts = { desiredCount: 4, runningCount: 1, pendingCount: 3, failedTasks: 2 };
    expect(verdict([{ ...primary, rolloutState: 'IN_PROGRESS', ...counts }])).toEqual({
      is: 'going',
      progress: '1 of 4 tasks run, 3 start, 2 failed',
    });
  });

  it('is no success where ECS went back, however stable it is', () => {
    const back = { id: 'back', status: 'PRIMARY', taskDefinition: OLD, rolloutState: 'COMPLETED' };
    expect(verdict([back])).toEqual({ is: 'failed', reason: 'ECS went back to the revision before' });
    const onItsWay = { ...back, rolloutState: 'IN_PROGRESS', rolloutStateReason: 'rolling back' };
    expect(verdict([onItsWay])).toEqual({ is: 'failed', reason: 'rolling back' });
  });

  it('has failed where ECS says so, with its reason', () => {
    const failed = {
      ...primary,
      status: 'INACTIVE',
      rolloutState: 'FAILED',
      rolloutStateReason: 'circuit breaker',
    };
    const back = { id: 'back', status: 'PRIMARY', taskDefinition: OLD, rolloutState: 'IN_PROGRESS' };
    expect(verdict([back, failed])).toEqual({ is: 'failed', reason: 'circuit breaker' });
  });

  it('is superseded where something else is to run that ECS did not choose', () => {
    const other = {
      id: 'other',
      status: 'PRIMARY',
      taskDefinition: definition(9),
      rolloutState: 'IN_PROGRESS',
    };
    expect(verdict([other, { ...primary, status: 'ACTIVE', rolloutState: 'IN_PROGRESS' }])).toEqual({
      is: 'superseded',
      by: definition(9),
    });
  });

  it('has not failed where ECS does not show it yet', () => {
    const old = { id: 'old', status: 'PRIMARY', taskDefinition: OLD, rolloutState: 'COMPLETED' };
    expect(verdict([old], false)).toMatchObject({ is: 'going' });
  });
});

describe('a service', () => {
  it('is settled with one deployment that is completed', () => {
    expect(isSettled(service(1))).toBe(true);
    expect(isSettled(service(1, { deployments: [] }))).toBe(false);
    expect(isSettled(service(1, { deployments: [{ ...primary, rolloutState: 'IN_PROGRESS' }] }))).toBe(false);
    expect(
      isSettled(
        service(1, { deployments: [{ ...primary, rolloutState: 'COMPLETED' }, { status: 'ACTIVE' }] }),
      ),
    ).toBe(false);
  });
});
