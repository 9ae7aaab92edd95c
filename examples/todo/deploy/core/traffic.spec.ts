import { whyNotCompared, worseThanBefore, type Traffic } from '#deploy/core/traffic';

const traffic = (different: Partial<Traffic> = {}): Traffic => ({
  requests: 1_000,
  errors: 1,
  p99Ms: 150,
  ...different,
});
const found = (before: Partial<Traffic>, now: Partial<Traffic>) =>
  worseThanBefore(traffic(before), traffic(now)).map(({ text }) => text);

describe('a release', () => {
  it('is no worse than the one before it', () => {
    expect(found({}, {})).toEqual([]);
    expect(found({ errors: 20, p99Ms: 900 }, { errors: 30, p99Ms: 1_000 })).toEqual([]);
  });

  it('is worse where more than twice as many requests fail', () => {
    expect(found({ errors: 10 }, { errors: 21 })).toEqual([
      '2.1 % of the requests fail; before the release, 1.0 % did',
    ]);
    expect(found({ errors: 10 }, { errors: 20 })).toEqual([]);
  });

  it('is worse where they take more than twice as long', () => {
    expect(found({ p99Ms: 150 }, { p99Ms: 301 })).toEqual([
      '99 of 100 requests take up to 301 ms; before the release, up to 150 ms',
    ]);
    expect(found({ p99Ms: 150 }, { p99Ms: 300 })).toEqual([]);
  });

  it('may have few errors, and be fast, whatever was before', () => {
    expect(found({ errors: 0, p99Ms: 10 }, { errors: 5, p99Ms: 200 })).toEqual([]);
  });

  it('is not judged by few requests', () => {
    expect(found({}, { requests: 99, errors: 99 })).toEqual([]);
    expect(found({ requests: 99, errors: 0 }, { errors: 900 })).toEqual([]);
    expect(found({}, { requests: 0, errors: 0, p99Ms: undefined })).toEqual([]);
  });
  it('says so where it is not judged', () => {
    expect(whyNotCompared(traffic(), traffic({ requests: 99 }))).toBe(
      'Errors and latency were not compared with those before the release: 1000 requests before and 99 since, of 100 that each takes.',
    );
    expect(whyNotCompared(traffic({ requests: 0 }), traffic())).toContain('0 requests before');
    expect(whyNotCompared(traffic({ requests: 100 }), traffic({ requests: 100 }))).toBeUndefined();
  });
});
