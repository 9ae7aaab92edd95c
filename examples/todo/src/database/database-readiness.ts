import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Readiness } from '../health/readiness';
import { SchemaVersion } from './schema-version';

/** Traffic is only useful while the database answers and its schema has what this code needs. */
@Injectable()
export class DatabaseReadiness implements OnModuleInit {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly schema: SchemaVersion,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.register('database', { critical: true }, async () => {
      await this.dataSource.query('SELECT 1');
      return {};
    });
    // Migrations only go forward: once applied, there is no need to ask again.
    let complete = false;
    this.readiness.register('migrations', { critical: true }, async () => {
      const pending = complete ? [] : await this.schema.pending();
      if (pending.length > 0) throw new Error(`pending: ${pending.join(', ')}`);
      complete = true;
      return {};
    });
  }
}
