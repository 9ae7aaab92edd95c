import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, QueryFailedError } from 'typeorm';

const UNDEFINED_TABLE = '42P01';

/** Compares the schema of the database with the migrations that this code knows. */
@Injectable()
export class SchemaVersion {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** The names of the applied migrations, oldest first. */
  async applied(): Promise<readonly string[]> {
    try {
      const rows = await this.dataSource.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
      return rows.map(({ name }) => name);
    } catch (error) {
      if (
        error instanceof QueryFailedError &&
        (error.driverError as { code?: string }).code === UNDEFINED_TABLE
      )
        return [];
      throw error;
    }
  }

  /** The names of the migrations that this code knows and the database lacks. */
  async pending(): Promise<readonly string[]> {
    const applied = new Set(await this.applied());
    return this.dataSource.migrations.map(({ name }) => name ?? '').filter((name) => !applied.has(name));
  }
}
