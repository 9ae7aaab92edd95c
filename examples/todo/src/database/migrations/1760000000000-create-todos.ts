import type { QueryRunner } from 'typeorm';
import { ForwardOnlyMigration } from '../forward-only';

export class CreateTodos1760000000000 extends ForwardOnlyMigration {
  readonly name = 'CreateTodos1760000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "todos" (
        "id" uuid NOT NULL,
        "user_id" text NOT NULL,
        "title" text NOT NULL,
        "description" text,
        "due_at" timestamptz,
        "completed_at" timestamptz,
        "version" integer NOT NULL DEFAULT 1,
        "created_at" timestamptz NOT NULL DEFAULT now(),
        "updated_at" timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT "todos_pkey" PRIMARY KEY ("id"),
        CONSTRAINT "todos_user_id_length" CHECK (char_length(user_id) BETWEEN 1 AND 255),
        CONSTRAINT "todos_title_length" CHECK (char_length(title) BETWEEN 1 AND 200),
        CONSTRAINT "todos_description_length" CHECK (char_length(description) <= 2000)
      )
    `);
    await queryRunner.query(`CREATE INDEX "todos_user_id_id_idx" ON "todos" ("user_id", "id")`);
    await queryRunner.query(`
      CREATE INDEX "todos_search_idx" ON "todos"
      USING gin (to_tsvector('simple', lower(title || ' ' || coalesce(description, ''))))
    `);
  }
}
