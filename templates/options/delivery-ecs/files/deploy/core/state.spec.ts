import { release } from '#deploy/core/examples';
import { STEPS } from '#deploy/core/release';
import { stateLeft } from '#deploy/core/state';

const commands = { again: 'AGAIN', rollback: 'ROLLBACK', releases: 'RELEASES' };
const left = (step: (typeof STEPS)[number], kind: 'deploy' | 'rollback' = 'deploy') =>
  stateLeft(release(12, { step, kind, state: 'unfinished' }), commands);

describe('what a command leaves behind', () => {
  it.each(STEPS)('is said of the step %s, with a way to go on', (step) => {
    const { state, next } = left(step);
    expect(state).toMatch(/^[A-Z].*\.$/);
    expect(next).toMatch(/AGAIN|ROLLBACK|RELEASES/);
  });

  it('is the service as it was before, until ECS is told', () => {
    for (const step of ['protect', 'snapshot', 'migrate', 'register'] as const)
      expect(left(step).state).toContain('The service runs as before');
  });

  it('is what ECS does by itself, from then on', () => {
    expect(left('rollout').state).toContain('replace revision 11 by revision 12 by itself');
    expect(left('rollout').next).toBe('To go on: AGAIN. To go back: ROLLBACK');
  });

  it('of a rollback can only be gone on with', () => {
    expect(left('verify', 'rollback').next).toBe('To go on: AGAIN');
  });
});
