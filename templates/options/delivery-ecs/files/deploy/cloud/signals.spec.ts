import { answering, failing } from '#deploy/cloud/answers';
import { readLog, soundingAlarms } from '#deploy/cloud/signals';

const { signal } = new AbortController();

describe('signals', () => {
  it('are alarms of both kinds, and none where none are named', async () => {
    const clients = answering({
      DescribeAlarms: () => ({ MetricAlarms: [{ AlarmName: 'b' }], CompositeAlarms: [{ AlarmName: 'a' }] }),
    });
    expect(await soundingAlarms(['a', 'b'])(clients, signal)).toEqual(['a', 'b']);
    expect(await soundingAlarms([])(answering({}), signal)).toEqual([]);
  });

  it('are no lines before a task has written any', async () => {
    const clients = answering({ GetLogEvents: failing('ResourceNotFoundException') });
    expect(await readLog('group', 'stream', undefined)(clients, signal)).toEqual({
      lines: [],
      token: undefined,
    });
  });

  it('are lines, and where the next ones begin', async () => {
    const clients = answering({
      GetLogEvents: () => ({ events: [{ message: 'a' }], nextForwardToken: 'f/1' }),
    });
    expect(await readLog('group', 'stream', undefined)(clients, signal)).toEqual({
      lines: ['a'],
      token: 'f/1',
    });
  });
});
