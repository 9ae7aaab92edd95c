import { CreateDBSnapshotCommand, DescribeDBSnapshotsCommand } from '@aws-sdk/client-rds';
import type { Call } from '#deploy/cloud/cloud';
import { StepFailure } from '#deploy/core/problem';

/** Begins a copy of the database; one of this name that was begun before will do. */
export function createSnapshot(database: string, snapshot: string): Call<void> {
  return async ({ database: client }, abortSignal) => {
    try {
      await client.send(
        new CreateDBSnapshotCommand({ DBInstanceIdentifier: database, DBSnapshotIdentifier: snapshot }),
        { abortSignal },
      );
    } catch (error) {
      const { name, message } = error as Error;
      if (name.startsWith('SnapshotQuotaExceeded'))
        throw new StepFailure(
          `${message}.`,
          'Delete old ones, as docs/deployment.md says, and deploy again.',
        );
      if (!name.startsWith('DBSnapshotAlreadyExists')) throw error;
    }
  };
}

export interface SnapshotState {
  /** `creating`, `available` or `failed`. */
  readonly status: string;
  readonly percent: number;
}

export function readSnapshot(snapshot: string): Call<SnapshotState> {
  return async ({ database }, abortSignal) => {
    const { DBSnapshots } = await database.send(
      new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: snapshot }),
      { abortSignal },
    );
    const [found] = DBSnapshots ?? [];
    return { status: found?.Status ?? 'creating', percent: found?.PercentProgress ?? 0 };
  };
}
