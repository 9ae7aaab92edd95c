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
    await queryRunner.query(
      `CREATE INDEX "todos_open_idx" ON "todos" ("user_id", "id") WHERE completed_at IS NULL`,
    );
    // What the words of a text are, for todos and searches alike. Both the parser of the text search and `lower` would
    // follow the locale of the database; this collation is the same everywhere. `upper` makes one of σ and ς, of ı and i.
    await queryRunner.query(`
      CREATE FUNCTION "search_words" (content text) RETURNS text[]
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
      RETURN ARRAY(
        SELECT DISTINCT left(word, 200)
        FROM regexp_split_to_table(
          lower(upper(normalize(content COLLATE "pg_c_utf8"))), '[[:punct:][:space:][:cntrl:]]+'
        ) AS word
        WHERE word <> ''
      )
    `);
    // Each word of a search begins one of a todo; without words there is nothing to find.
    await queryRunner.query(`
      CREATE FUNCTION "search_query" (content text) RETURNS tsquery
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN (SELECT string_agg(word || ':*', ' & ')::tsquery FROM unnest(search_words(content)) AS word)
    `);
    await queryRunner.query(`
      CREATE INDEX "todos_search_idx" ON "todos"
      USING gin (array_to_tsvector(search_words(title || ' ' || coalesce(description, ''))))
    `);
  }
}
