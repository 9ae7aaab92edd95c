// @ts-check
// How the files of migrations and their list are written.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const FOLDER = join('src', 'database', 'migrations');

/** Whether a migration may have this name, in words such as add-priority-to-todos. @param {string} name */
export function isMigrationName(name) {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);
}

/**
 * The text of a migration.
 *
 * @param {string} symbol The class.
 * @param {{ base?: string, comment?: string, body: string }} content The class that it extends, without its ending
 *   `Migration`, what a reader must know, and its members.
 */
export function migrationText(symbol, { base = 'ForwardOnly', comment, body }) {
  const source = base.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return `${body.includes('QueryRunner') ? "import type { QueryRunner } from 'typeorm';\n" : ''}import { ${base}Migration } from '../${source}';

${
  comment
    ? `/**\n${comment
        .split('\n')
        .map((line) => ` * ${line}`.trimEnd())
        .join('\n')}\n */\n`
    : ''
}export class ${symbol} extends ${base}Migration {
  readonly name = '${symbol}';
${body}}
`;
}

/**
 * The member `up` that runs statements one after the other.
 *
 * @param {string[]} statements
 */
export function upText(statements) {
  const calls = statements.map(
    (statement) => `    await queryRunner.query(\`${statement.replaceAll(/[`\\]|\$\{/g, '\\$&')}\`);\n`,
  );
  return `
  async up(queryRunner: QueryRunner): Promise<void> {
${calls.join('')}  }
`;
}

/**
 * Writes migrations that come after all that are there, and the list.
 *
 * @param {{ name: string, text: (symbol: string) => string }[]} migrations
 * @param {number} now
 * @returns {string[]} their files
 */
export function writeMigrations(migrations, now = Date.now()) {
  const files = migrations.map(({ name, text }, index) => {
    const file = `${now + index}-${name}.ts`;
    writeFileSync(join(FOLDER, file), text(classOf(file)), { flag: 'wx' });
    return join(FOLDER, file);
  });
  writeFileSync(join(FOLDER, 'index.ts'), indexText());
  return files;
}

/** The class in a file. @param {string} file */
export function classOf(file) {
  const [timestamp = '', ...words] = file.replace(/\.ts$/, '').split('-');
  return words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('') + timestamp;
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
