import { Readiness } from './readiness';

const works = () => Promise.resolve({ detail: 1 });
const fails = () => Promise.reject(new Error('no connection to postgres://app:x@db'));

describe('Readiness', () => {
  it('is not ready before it has started', async () => {
    expect(await new Readiness().report()).toEqual({ status: 'not ready', checks: {} });
  });

  it('shows every check, and fails with a critical one', async () => {
    const readiness = new Readiness();
    readiness.markStarted();
    readiness.register('cache', { critical: false }, fails);
    readiness.register('queue', { critical: true }, works);
    expect(await readiness.report()).toEqual({
      status: 'ready',
      checks: {
        cache: { critical: false, status: 'down', reason: 'no connection to postgres://app:[redacted]@db' },
        queue: { critical: true, status: 'up', detail: 1 },
      },
    });
    readiness.register('database', { critical: true }, fails);
    expect(await readiness.report()).toMatchObject({ status: 'not ready' });
  });

  it('does not wait for ever', async () => {
    jest.useFakeTimers();
    const readiness = new Readiness();
    readiness.markStarted();
    readiness.register('database', { critical: true }, () => new Promise(() => undefined));
    const report = readiness.report();
    await jest.advanceTimersByTimeAsync(2500);
    expect(await report).toMatchObject({
      status: 'not ready',
      checks: { database: { reason: 'no answer within 2500 ms' } },
    });
    jest.useRealTimers();
  });

  it('is draining until it stops', async () => {
    const readiness = new Readiness();
    readiness.markStarted();
    readiness.startDraining();
    expect(await readiness.report()).toEqual({ status: 'draining', checks: {} });
  });
});
