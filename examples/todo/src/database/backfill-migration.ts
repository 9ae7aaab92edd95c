import { setTimeout as delay } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { ForwardOnlyMigration } from './forward-only';

/**
 * Changes many rows while they are in use: in batches along a key, each in a transaction of its own, so that locks are
 * short. It can be stopped at any time, and goes on where it was: `where` no longer finds what is done.
 */
export abstract class BackfillMigration extends ForwardOnlyMigration {
  readonly transaction = false;

  abstract readonly table: string;

  /** `UPDATE todos SET priority = 1` or `DELETE FROM todos`. */
  abstract readonly change: string;

  /** The rows that need it, but none that has been changed: `priority IS NULL`. */
  abstract readonly where: string;

  /** A column that has an index, and no nulls. */
  readonly key: string = 'id';

  readonly batchSize: number = 1000;

  /** Between two batches: time for replicas, and for others. */
  readonly pauseMs: number = 50;

  async up(queryRunner: QueryRunner): Promise<void> {
    const report = (queryRunner.data as { progress?: (rows: number) => void }).progress;
    let rows = 0;
    let done: string[] = [];
    for (;;) {
      const [batch] = (await queryRunner.query(this.lastOfBatch(done), done)) as { key: string }[];
      if (!batch) break;
      const { affected } = await queryRunner.query(this.changeOfBatch(done), [batch.key, ...done], true);
      rows += affected ?? 0;
      report?.(rows);
      done = [batch.key];
      await delay(this.pauseMs);
    }
    await this.assertNoneIsLeft(queryRunner);
  }

  private lastOfBatch(done: readonly string[]): string {
    const range = done.length > 0 ? `${this.key} > $1 AND ` : '';
    return `SELECT ${this.key}::text AS key FROM (
      SELECT ${this.key} FROM ${this.table} WHERE ${range}(${this.where}) ORDER BY ${this.key} LIMIT ${this.batchSize}
    ) AS batch ORDER BY batch.${this.key} DESC LIMIT 1`;
  }

  private changeOfBatch(done: readonly string[]): string {
    const range = done.length > 0 ? `${this.key} > $2 AND ` : '';
    return `${this.change} WHERE ${range}${this.key} <= $1 AND (${this.where})`;
  }

  /** Rows that came behind the key, or a change that does not do what `where` asks for. */
  private async assertNoneIsLeft(queryRunner: QueryRunner): Promise<void> {
    const left = (await queryRunner.query(
      `SELECT FROM ${this.table} WHERE ${this.where} LIMIT 1`,
    )) as unknown[];
    if (left.length === 0) return;
    throw new Error(
      `Rows of ${this.table} still are as they should not be (${this.where}) after all were changed: either the change does not end that, or code that runs goes on writing such rows.`,
    );
  }
}
