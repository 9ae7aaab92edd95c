import { checkEnvironment, EnvironmentError } from '../config/environment';
import { createLogger } from '../observability/logger';
import { migrationDataSourceOptions } from './data-source-options';
import { databaseEnvironment } from './database.environment';
import { migrate, MigrationFailedError, pendingMigrations, type Report } from './migrator';

/**
 * `node dist/database/migrate.js` applies the pending migrations; with `--check` it changes nothing and
 * exits 1 when some are pending. Prints one JSON line per event, like the service.
 */
async function main(): Promise<void> {
  // Process 1 of a container has to end itself; the transaction that it breaks off is rolled back.
  process.once('SIGTERM', () => process.exit(143)).once('SIGINT', () => process.exit(130));
  checkEnvironment();
  const options = migrationDataSourceOptions();
  const logger = createLogger();
  const report: Report = (event, fields = {}) => {
    logger[fields.err ? 'error' : 'info'](fields, event);
  };
  if (!process.argv.includes('--check')) {
    const { DATABASE_APP_USER, DATABASE_APP_MEMBER_OF } = databaseEnvironment.read();
    await migrate(options, report, {
      appRole: DATABASE_APP_USER,
      appMemberOf: DATABASE_APP_MEMBER_OF,
    });
    return;
  }
  const pending = await pendingMigrations(options);
  report('pending', { count: pending.length, migrations: pending });
  if (pending.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  if (error instanceof EnvironmentError) process.stderr.write(`${error.message}\n`);
  // What failed in a migration has been reported.
  else if (!(error instanceof MigrationFailedError))
    createLogger().fatal({ err: error }, 'the migrator failed');
  process.exitCode = 1;
});
