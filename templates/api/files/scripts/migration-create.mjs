// @ts-check
// Makes an empty migration: migration:create -- add-priority-to-todos
import { isMigrationName, migrationText, upText, writeMigrations } from './lib/migration-files.mjs';

// Some package managers pass the `--` on that separates the arguments.
const [name = ''] = process.argv.slice(2).filter((argument) => argument !== '--');

if (!isMigrationName(name)) {
  console.error(
    `"${name}" can not name a migration. Say what it does in words such as add-priority-to-todos.`,
  );
  process.exit(2);
}

const [file] = writeMigrations([{ name, text: (symbol) => migrationText(symbol, { body: upText(['']) }) }]);
console.log(`Wrote ${file}. Fill in up(), then lint it with the script migration:lint.`);
