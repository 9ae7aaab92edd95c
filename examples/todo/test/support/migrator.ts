import { ScriptProcess } from './child';
import { query } from './database';
import type { LogLine } from './log-lines';

/** A migration that comes after those of the service: statements in a transaction, a concurrent index, or a backfill. */
export interface FixtureMigration {
  readonly name: string;
  readonly statements?: readonly string[];
  readonly index?: string;
  readonly statement?: string;
  readonly table?: string;
  readonly change?: string;
  readonly where?: string;
  readonly batchSize?: number;
}

/** The migrator of the build, which knows some more migrations, as a process of its own. */
export class MigratorProcess extends ScriptProcess {
  static run(
    url: string,
    fixtures: readonly FixtureMigration[],
    environment: Readonly<Record<string, string>> = {},
  ): MigratorProcess {
    return new MigratorProcess('dist/database/migrate.js', [], {
      DATABASE_URL: url,
      FIXTURE_MIGRATIONS: JSON.stringify(fixtures),
      NODE_OPTIONS: '--import ./test/support/fixture-migrations.mjs',
      ...environment,
    });
  }

  /** The lines of one event. */
  events(event: string): LogLine[] {
    return this.logs().filter(({ msg }) => msg === event);
  }
}

/** What the migrators on a database do just now. */
export async function migratorActivity(url: string): Promise<{ pid: number; query: string; wait: string }[]> {
  return query(
    url,
    `SELECT pid, query, coalesce(wait_event, '') AS wait FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE '%-migrator' AND state <> 'idle'`,
  );
}
