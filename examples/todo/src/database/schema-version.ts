import { Injectable } from '@nestjs/common';
import { DatabaseError } from 'pg';
import { migrations } from './migrations';
import { ProbeConnection } from './probe-connection';

const UNDEFINED_TABLE = '42P01';

/** Compares the schema of the database with the migrations that this code knows. */
@Injectable()
export class SchemaVersion {
  private complete = false;

  constructor(private readonly connection: ProbeConnection) {}

  /** The names of the applied migrations, oldest first. */
  async applied(): Promise<readonly string[]> {
    try {
      const rows = await this.connection.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
      return rows.map(({ name }) => name);
    } catch (error) {
      if (error instanceof DatabaseError && error.code === UNDEFINED_TABLE) return [];
      throw error;
    }
  }

  /** The names of the migrations that this code knows and the database lacks. */
  async pending(): Promise<readonly string[]> {
    // Migrations only go forward: once applied, there is no need to ask again.
    if (this.complete) return [];
    const applied = new Set(await this.applied());
    const pending = migrations.map(({ name }) => name).filter((name) => !applied.has(name));
    this.complete = pending.length === 0;
    return pending;
  }
}
