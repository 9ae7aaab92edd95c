import { answering, failing } from '#deploy/cloud/answers';
import { createSnapshot, readSnapshot } from '#deploy/cloud/database';

const { signal } = new AbortController();

describe('a snapshot', () => {
  it('that was begun before will do', async () => {
    for (const name of ['DBSnapshotAlreadyExists', 'DBSnapshotAlreadyExistsFault'])
      await expect(
        createSnapshot('todo', 'todo-release-1')(answering({ CreateDBSnapshot: failing(name) }), signal),
      ).resolves.toBeUndefined();
    const refused = answering({ CreateDBSnapshot: failing('InvalidDBInstanceState', 'state') });
    await expect(createSnapshot('todo', 'x')(refused, signal)).rejects.toThrow('state');
  });

  it('of which there are too many is a matter for a person', async () => {
    for (const name of ['SnapshotQuotaExceeded', 'SnapshotQuotaExceededFault'])
      await expect(
        createSnapshot('todo', 'x')(answering({ CreateDBSnapshot: failing(name, 'too many') }), signal),
      ).rejects.toMatchObject({ message: 'too many.', remedy: expect.stringContaining('Delete old ones') });
  });

  it('says how far it is', async () => {
    const clients = answering({
      DescribeDBSnapshots: () => ({ DBSnapshots: [{ Status: 'creating', PercentProgress: 40 }] }),
    });
    expect(await readSnapshot('x')(clients, signal)).toEqual({ status: 'creating', percent: 40 });
  });
});
