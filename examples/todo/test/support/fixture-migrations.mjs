// @ts-check
// Preloaded into a migrator by tests: adds the migrations of the variable FIXTURE_MIGRATIONS to those of the build.
import { createRequire } from 'node:module';

const build = createRequire(new URL('../../dist/database/', import.meta.url));
const { ConcurrentIndexMigration } = build('./concurrent-index.js');
const { BackfillMigration } = build('./backfill-migration.js');
const { ForwardOnlyMigration } = build('./forward-only.js');
const { migrations } = build('./migrations/index.js');

/** @typedef {import('./migrator.js').FixtureMigration} FixtureMigration */

/** @type {FixtureMigration[]} */
const fixtures = JSON.parse(process.env.FIXTURE_MIGRATIONS ?? '[]');
migrations.push(
  ...fixtures.map((fixture) => Object.defineProperty(classOf(fixture), 'name', { value: fixture.name })),
);

/** @param {FixtureMigration} fixture */
function classOf({ name, statements = [], index, statement, table, change, where, batchSize }) {
  if (change) {
    return class extends BackfillMigration {
      name = name;
      table = table;
      change = change;
      where = where;
      batchSize = batchSize;
    };
  }
  if (index) {
    return class extends ConcurrentIndexMigration {
      name = name;
      index = index;
      statement = statement;
    };
  }
  return class extends ForwardOnlyMigration {
    name = name;

    /** @param {import('typeorm').QueryRunner} queryRunner */
    async up(queryRunner) {
      for (const sql of statements) await queryRunner.query(sql);
    }
  };
}
