// @ts-check
// Refuses migrations that would lock out or break a service that runs, and changes of released ones. Needs the build.
import { createRequire } from 'node:module';
import { exceptionsIn, lintMigration } from './lib/lint-migration.mjs';
import { recipesFor } from './lib/migration-recipes.mjs';
import { recordMigration } from './lib/migration-sql.mjs';
import { releasedMigrationProblems } from './lib/released-migrations.mjs';

const { migrations } = createRequire(import.meta.url)('../dist/database/migrations/index.js');
/** @type {import('./lib/migration-sql.mjs').RecordedMigration[]} */
const recorded = await Promise.all(migrations.map(recordMigration));
const problems = recorded.flatMap(lintMigration);
const released = releasedMigrationProblems();

for (const exception of recorded.flatMap(exceptionsIn)) {
  console.log(`exception: ${exception}`);
  // Beside the change under review.
  if (process.env.GITHUB_ACTIONS === 'true')
    console.log(`::notice title=Exception of a migration::${exception.replaceAll('%', '%25')}`);
}
if (problems.length + released.length === 0) {
  console.log(`${recorded.length} migration(s) are safe.`);
} else {
  console.error([...problems, ...released].join('\n'));
  const recipes = recipesFor(problems.join('\n'));
  if (recipes.length > 0) console.error(`\nInstead:\n${recipes.map((recipe) => `  ${recipe}`).join('\n')}`);
  console.error(
    '\ndocs/adr/forward-only-migrations.md says how to change a schema in safe steps, and how to write',
  );
  console.error('down an exception. Each rule is explained at https://squawkhq.com/docs/rules.');
  process.exitCode = 1;
}
