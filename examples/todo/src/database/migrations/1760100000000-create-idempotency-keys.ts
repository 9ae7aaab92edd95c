import type { QueryRunner } from 'typeorm';
import { ForwardOnlyMigration } from '../forward-only';

export class CreateIdempotencyKeys1760100000000 extends ForwardOnlyMigration {
  readonly name = 'CreateIdempotencyKeys1760100000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "idempotency_keys" (
        "user_id" text NOT NULL,
        "key" text NOT NULL,
        "fingerprint" text NOT NULL,
        "result" jsonb,
        "expires_at" timestamptz NOT NULL,
        CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("user_id", "key")
      )
    `);
    await queryRunner.query(
      `CREATE INDEX "idempotency_keys_expires_at_idx" ON "idempotency_keys" ("expires_at")`,
    );
  }
}
