import { figuresOf, figuresText } from '#deploy/core/dora';
import { NOW, release } from '#deploy/core/examples';
import type { Release } from '#deploy/core/release';

const DAYS = 14;
const at = (time: string): string => `2026-03-01T${time}:00Z`;
const committed = (time: string): Partial<Release> => ({ committedAt: at(time) });
const figures = (...releases: readonly Release[]) => figuresOf(releases, DAYS, NOW);

describe('the figures of releases', () => {
  it('are none without releases', () => {
    expect(figures()).toMatchObject({
      deployments: 0,
      perWeek: 0,
      changeFailureRate: undefined,
      restoreSeconds: undefined,
      leadSeconds: undefined,
    });
    expect(figuresText('staging', figures())).toContain('change failure rate   - (0 of 0)');
  });

  it('count what reached users in these days, and nothing else', () => {
    const found = figures(
      release(1, { changedAt: '2026-01-01T00:00:00Z' }),
      release(2),
      release(3, { state: 'failed', step: 'migrate', changedAt: undefined }),
      release(4, { state: 'unfinished' }),
      release(5, { kind: 'rollback' }),
      release(6),
    );
    expect(found).toMatchObject({ deployments: 2, perWeek: 1, changeFailureRate: 0 });
  });

  it('take the time from the commit of what stayed', () => {
    const found = figures(
      release(1, committed('10:10')),
      release(2, committed('09:10')),
      release(3, { ...committed('01:00'), state: 'rolled-back', step: 'verify rollback' }),
      release(4),
    );
    expect(found.leadSeconds).toBe(5_400);
  });

  it('take the time to restore from the change until it was gone back by itself', () => {
    const bad = release(2, { state: 'rolled-back', step: 'verify rollback', changedAt: at('11:06') });
    expect(figures(release(1), bad)).toMatchObject({
      failures: 1,
      changeFailureRate: 0.5,
      restoreSeconds: 240,
      notRestored: 0,
    });
  });

  it('or until a person has gone back, or released a correction', () => {
    const bad = release(2, { state: 'rolled-back' });
    const back = release(3, { kind: 'rollback', updatedAt: at('11:25') });
    expect(figures(bad, back, release(4, { updatedAt: at('11:50') })).restoreSeconds).toBe(1_200);
    const broken = release(2, { state: 'failed', step: 'verify rollback' });
    expect(figures(broken, release(3, { updatedAt: at('11:35') })).restoreSeconds).toBe(1_800);
  });

  it('say what was not restored', () => {
    const found = figures(release(1, { state: 'failed', step: 'verify rollback' }));
    expect([found.restoreSeconds, found.notRestored]).toEqual([undefined, 1]);
    expect(figuresText('staging', found)).toContain('; 1 not restored');
  });

  it('are told to people', () => {
    const bad = release(2, { state: 'rolled-back', step: 'verify rollback' });
    expect(figuresText('production', figures(release(1, committed('10:10')), bad))).toBe(
      `production, the last 14 days
deployment frequency  1.0 a week (2)
lead time             1 h 0 min (median, from the commit until it was verified)
change failure rate   50 % (1 of 2)
time to restore       5 min 0 s (median, from the change until what took its place was verified)`,
    );
  });
});
