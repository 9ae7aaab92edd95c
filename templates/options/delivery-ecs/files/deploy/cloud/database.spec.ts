import { answering, failing } from '#deploy/cloud/answers';
import { createSnapshot, readSnapshot } from '#deploy/cloud/database';

const { signal } = new AbortController();

describe('a snapshot', () => {
  it('that was begun before will do', async () => {
    for (const name of ['DBSnapshotAlreadyExists', 'DBSnapshotAlreadyExistsFault'])
      await expect(
        createSnapshot('todo', 'todo-release-1')(answering({ CreateDBSnapshot: failing(name) }), signal),
      ).resolves.toBeUndefined();
    const quota = answering({ CreateDBSnapshot: failing('SnapshotQuotaExceeded', 'quota') });
    await expect(createSnapshot('todo', 'x')(quota, signal)).rejects.toThrow('quota');
  });

  it('says how far it is', async () => {
    const clients = answering({
      DescribeDBSnapshots: () => ({ DBSnapshots: [{ Status: 'creating', PercentProgress: 40 }] }),
    });
    expect(await readSnapshot('x')(clients, signal)).toEqual({ status: 'creating', percent: 40 });
  });
});
