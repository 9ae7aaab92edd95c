import type { QueryRunner } from 'typeorm';
import { ForwardOnlyMigration } from './forward-only';

/**
 * Makes one index while its table is written to. That takes no part in a transaction, and where it fails it
 * leaves an invalid index, which costs writes and serves no query: the next try replaces that first.
 */
export abstract class ConcurrentIndexMigration extends ForwardOnlyMigration {
  readonly transaction = false;

  /** The name of the index. */
  abstract readonly index: string;

  /** `CREATE INDEX CONCURRENTLY IF NOT EXISTS …`: an index that was made by hand is kept. */
  abstract readonly statement: string;

  async up(queryRunner: QueryRunner): Promise<void> {
    const invalid = (await queryRunner.query(
      'SELECT indexrelid FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid',
      [`"${this.index}"`],
    )) as unknown[];
    if (invalid.length > 0) await queryRunner.query(`DROP INDEX CONCURRENTLY IF EXISTS "${this.index}"`);
    await queryRunner.query(this.statement);
  }
}
