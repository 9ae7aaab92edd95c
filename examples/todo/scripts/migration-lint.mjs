// @ts-check
// Refuses migrations that would lock out or break a service that runs. Needs the build.
import { createRequire } from 'node:module';
import { lintMigration } from './lib/lint-migration.mjs';
import { recordMigration } from './lib/migration-sql.mjs';

const { migrations } = createRequire(import.meta.url)('../dist/database/migrations/index.js');
const recorded = await Promise.all(migrations.map(recordMigration));
const problems = recorded.flatMap(lintMigration);

if (problems.length === 0) {
  console.log(`${recorded.length} migration(s) are safe.`);
} else {
  console.error(problems.join('\n'));
  console.error(
    '\nEach rule is explained at https://squawkhq.com/docs/rules. docs/adr/forward-only-migrations.md',
  );
  console.error('says how to change a schema in safe steps, and how to write down an exception.');
  process.exitCode = 1;
}
