import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A migration was asked to undo itself. */
export class ForwardOnlyError extends Error {
  constructor(migration: string) {
    super(
      `${migration} can not be undone: migrations only go forward. Write a new migration that changes the schema again.`,
    );
    this.name = 'ForwardOnlyError';
  }
}

/** A change of the schema. Write plain SQL: it is linted before it is merged. */
export abstract class ForwardOnlyMigration implements MigrationInterface {
  /** The class with its timestamp: TypeORM records it and sorts by it. */
  abstract readonly name: string;

  abstract up(queryRunner: QueryRunner): Promise<void>;

  down(): Promise<never> {
    return Promise.reject(new ForwardOnlyError(this.name));
  }
}
