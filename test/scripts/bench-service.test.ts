import { markdown, missed, rowsOf } from '../generated/bench/report.mjs';

const variants = [
  { name: 'service', title: 'the service', entry: '', signals: true },
  { name: 'bare', title: 'the ceiling', entry: '', signals: true, bar: 0.75 },
] as const;

const sample = (requestsPerSecond: number, cpuMs: number) => ({ requestsPerSecond, cpuMs });

describe('the report of bench:service', () => {
  const samples = new Map([
    ['service', [sample(80, 2), sample(8, 20), sample(100, 2)]],
    // A machine that is busy in one round is busy for both.
    ['bare', [sample(100, 1), sample(10, 10), sample(200, 1)]],
  ]);
  const rows = rowsOf(samples, variants);

  it('compares within the rounds', () => {
    expect(rows.map(({ rate, cost }) => [rate, cost])).toEqual([
      [1, 1],
      [0.8, 0.5],
    ]);
    expect(rows[1]).toMatchObject({ requestsPerSecond: 100, cpuMs: 1 });
  });

  it('says whether a bar is missed, also where nothing was measured', () => {
    expect(rows.map(missed)).toEqual([false, false]);
    expect(missed({ title: '', requestsPerSecond: 1, cpuMs: 1, rate: 0.74, cost: 1, bar: 0.75 })).toBe(true);
    expect(rowsOf(new Map(), variants).map(missed)).toEqual([true, true]);
  });

  it('is a table in Markdown', () => {
    const lines = markdown(new Map([['read one', rows]])).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[3]).toBe('| read one: the ceiling | 100 | 1.000 | 0.50 × | 80 % | ≥ 75 % | met |');
  });
});
