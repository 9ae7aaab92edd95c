import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { migrations } from './migrations';
import { ProbeConnection } from './probe-connection';

type Query = (sql: string) => Promise<readonly { name: string }[]>;

const UNDEFINED_TABLE = '42P01';

/** Compares the schema of the database with the migrations that this code knows. */
@Injectable()
export class SchemaVersion {
  private complete = false;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly probe: ProbeConnection,
  ) {}

  /** The name of the newest applied migration. For requests: their number must not slow probes down. */
  async newest(): Promise<string | undefined> {
    const [newest] = await appliedMigrations(async (sql) => this.dataSource.query(`${sql} DESC LIMIT 1`));
    return newest;
  }

  /** The names of the migrations that this code knows and the database lacks. For probes. */
  async pending(): Promise<readonly string[]> {
    // Migrations only go forward: once applied, there is no need to ask again.
    if (this.complete) return [];
    const applied = new Set(await appliedMigrations(async (sql) => this.probe.query(sql)));
    const pending = migrations.map(({ name }) => name).filter((name) => !applied.has(name));
    this.complete = pending.length === 0;
    return pending;
  }
}

async function appliedMigrations(query: Query): Promise<readonly string[]> {
  try {
    return (await query('SELECT name FROM migrations ORDER BY id')).map(({ name }) => name);
  } catch (error) {
    if ((error as { code?: unknown }).code === UNDEFINED_TABLE) return [];
    throw error;
  }
}
