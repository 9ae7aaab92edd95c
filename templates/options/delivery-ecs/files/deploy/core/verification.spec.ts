import type { Finding } from '#deploy/core/health';
import { judgeRelease, judgeRollback } from '#deploy/core/verification';

const limits = { bakeMs: 100, patienceMs: 60 };
const at = (time: number, ...kinds: readonly Finding['kind'][]) => ({
  at: time,
  findings: kinds.map((kind): Finding => ({ kind, text: kind })),
});

describe('a release', () => {
  it('is good once it was so for as long as it bakes', () => {
    expect(judgeRelease([at(0), at(99)], limits)).toBe('look again');
    expect(judgeRelease([at(0), at(99), at(100)], limits)).toBe('good');
  });

  it('is looked at at least once', () => {
    expect(judgeRelease([], limits)).toBe('look again');
  });

  it.each(['answer', 'alarm'] as const)('is bad at the first %s that is wrong', (kind) => {
    expect(judgeRelease([at(0), at(10, kind)], limits)).toBe('bad');
  });

  it.each(['targets', 'tasks'] as const)('may wait for %s, but not for long', (kind) => {
    expect(judgeRelease([at(0), at(10, kind), at(69, kind)], limits)).toBe('look again');
    expect(judgeRelease([at(0), at(10, kind), at(70, kind)], limits)).toBe('bad');
    expect(judgeRelease([at(0, kind), at(50), at(70, kind)], limits)).toBe('look again');
  });

  it('is not good while it waits, however long it has baked', () => {
    expect(judgeRelease([at(0), at(120, 'tasks')], limits)).toBe('look again');
  });
});

describe('a rollback', () => {
  it('has time to become good, and then has to stay so', () => {
    expect(judgeRollback([at(0, 'alarm'), at(500, 'answer')], limits)).toBe('look again');
    expect(judgeRollback([at(0, 'alarm'), at(50), at(59)], limits)).toBe('look again');
    expect(judgeRollback([at(0, 'alarm'), at(50), at(60)], limits)).toBe('good');
    expect(judgeRollback([at(0), at(10, 'tasks'), at(69)], limits)).toBe('look again');
  });

  it('is bad where that takes too long', () => {
    expect(judgeRollback([at(0), at(700, 'alarm')], limits)).toBe('bad');
  });

  it('is looked at at least once', () => {
    expect(judgeRollback([], limits)).toBe('look again');
  });
});
