import { setTimeout as delay } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { ForwardOnlyMigration } from './forward-only';

/**
 * Changes many rows while they are in use: in batches, each in a transaction of its own, so that locks are short. It
 * can be stopped at any time, and goes on where it was: a batch is made of rows that are not as they should be yet.
 */
export abstract class BackfillMigration extends ForwardOnlyMigration {
  readonly transaction = false;

  /**
   * Changes at most `$1` rows, and none that it has changed:
   * `UPDATE … WHERE id IN (SELECT id … WHERE <not yet> ORDER BY id LIMIT $1)`.
   */
  abstract readonly statement: string;

  readonly batchSize: number = 1000;

  /** Between two batches: time for replicas, and for others. */
  readonly pauseMs: number = 50;

  async up(queryRunner: QueryRunner): Promise<void> {
    const report = (queryRunner.data as { progress?: (rows: number) => void }).progress;
    for (let rows = 0; ;) {
      const { affected } = await queryRunner.query(this.statement, [this.batchSize], true);
      if (!affected) return;
      rows += affected;
      report?.(rows);
      await delay(this.pauseMs);
    }
  }
}
