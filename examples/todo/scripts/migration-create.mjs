// @ts-check
// Makes an empty migration: migration:create -- add-priority-to-todos
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join('src', 'database', 'migrations');
// Some package managers pass the `--` on that separates the arguments.
const [name = ''] = process.argv.slice(2).filter((argument) => argument !== '--');

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  console.error(
    `"${name}" can not name a migration. Say what it does in words such as add-priority-to-todos.`,
  );
  process.exit(2);
}

const file = `${Date.now()}-${name}.ts`;
writeFileSync(join(FOLDER, file), migrationText(file), { flag: 'wx' });
writeFileSync(join(FOLDER, 'index.ts'), indexText());
console.log(`Wrote ${join(FOLDER, file)}. Fill in up(), then lint it with the script migration:lint.`);

/** @param {string} migration The name of a file. */
function classOf(migration) {
  const [timestamp = '', ...words] = migration.replace(/\.ts$/, '').split('-');
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('') + timestamp;
}

/** @param {string} migration The name of a file. */
function migrationText(migration) {
  const symbol = classOf(migration);
  return `import type { QueryRunner } from 'typeorm';
import { ForwardOnlyMigration } from '../forward-only';

export class ${symbol} extends ForwardOnlyMigration {
  readonly name = '${symbol}';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`\`);
  }
}
`;
}

function indexText() {
  const files = readdirSync(FOLDER)
    .filter((entry) => /^\d+-.*\.ts$/.test(entry))
    .sort();
  const imports = files.map(
    (entry) => `import { ${classOf(entry)} } from './${entry.replace(/\.ts$/, '')}';\n`,
  );
  const classes = files.map(classOf);
  const oneLine = `export const migrations = [${classes.join(', ')}];`;
  const list =
    oneLine.length <= 110
      ? oneLine
      : `export const migrations = [\n${classes.map((symbol) => `  ${symbol},\n`).join('')}];`;
  return `${imports.join('')}
/** Every migration, oldest first. The order and the names never change once they are merged. */
${list}
`;
}
