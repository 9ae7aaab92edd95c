import { failureOfTask } from '#deploy/core/migration';

describe('a migration', () => {
  it('takes nothing but exit status 0 for success', () => {
    const ended = (exitCode?: number) => ({ lastStatus: 'STOPPED', containers: [{ name: 'app', exitCode }] });
    expect(failureOfTask(ended(0), 'app')).toBeUndefined();
    expect(failureOfTask(ended(1), 'app')).toBe('The migration ended with exit status 1.');
    expect(failureOfTask(ended(137), 'app')).toBe('The migration ended with exit status 137.');
    expect(failureOfTask(ended(), 'app')).toContain('did not run to its end');
  });

  it('that never ran says why', () => {
    const task = { stoppedReason: 'CannotPullContainerError', containers: [{ name: 'app' }] };
    expect(failureOfTask(task, 'app')).toBe(
      'The migration did not run to its end: CannotPullContainerError.',
    );
    expect(failureOfTask({ containers: [{ name: 'app', reason: 'OutOfMemoryError' }] }, 'app')).toContain(
      'OutOfMemoryError',
    );
  });

  it('is its own container, and no other', () => {
    expect(failureOfTask({ containers: [{ name: 'sidecar', exitCode: 0 }] }, 'app')).toContain(
      'ECS gives no reason',
    );
  });
});
