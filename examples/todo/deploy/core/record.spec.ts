import { annotationOf } from '#deploy/core/annotation';
import { definition, release } from '#deploy/core/examples';
import { durationText, recordOf, recordText } from '#deploy/core/record';

describe('the record of a release', () => {
  const record = recordOf(release(3), 'staging');

  it('says what was released from where to where, when, for how long and how it ended', () => {
    expect(record).toEqual({
      environment: 'staging',
      kind: 'deploy',
      result: 'verified',
      version: '1.3.0',
      commit: release(3).commit,
      from: 2,
      to: 3,
      startedAt: '2026-03-01T11:00:00Z',
      endedAt: '2026-03-01T11:10:00Z',
      durationSeconds: 600,
      by: 'ada',
    });
  });

  it('knows no revision where there was none', () => {
    const early = recordOf(release(1, { revision: undefined, previous: undefined }), 'staging');
    expect([early.from, early.to]).toEqual([undefined, undefined]);
    expect(recordText(early)).toContain('revision - → -');
    const first = release(1, { previous: definition(4).replace('staging:', 'staging-template:') });
    expect(recordOf(first, 'staging')).toMatchObject({ from: undefined, to: 1 });
  });

  it('is a mark on dashboards, from its begin to its end', () => {
    expect(annotationOf(record, 'todo')).toEqual({
      time: Date.parse('2026-03-01T11:00:00Z'),
      timeEnd: Date.parse('2026-03-01T11:10:00Z'),
      tags: ['deployment', 'service:todo', 'environment:staging', 'kind:deploy', 'result:verified'],
      text: 'deploy of 1.3.0 (cccccccccccc), revision 2 → 3: verified after 10 min 0 s, by ada',
    });
  });

  it.each([
    [59, '59 s'],
    [250, '4 min 10 s'],
    [3_900, '1 h 5 min'],
    [90_000, '1 d 1 h'],
  ])('has %d seconds as %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});
