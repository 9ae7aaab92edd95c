import type { QueryRunner } from 'typeorm';
import { BackfillMigration } from '../../src/database/backfill-migration';
import { ConcurrentIndexMigration } from '../../src/database/concurrent-index';
import { migrations } from '../../src/database/migrations';
import { exceptionsIn, lintMigration } from './lint-migration.mjs';
import { recipesFor } from './migration-recipes.mjs';
import { recordMigration } from './migration-sql.mjs';

const lint = (statement: string, transaction = true) =>
  lintMigration({ name: 'Example', transaction, statements: [statement] });

describe('lintMigration', () => {
  it('accepts every migration of the service', async () => {
    for (const Migration of migrations) expect(lintMigration(await recordMigration(Migration))).toEqual([]);
  });

  it.each([
    ['ALTER TABLE todos DROP COLUMN title', 'ban-drop-column'],
    ['DROP TABLE todos', 'ban-drop-table'],
    ['ALTER TABLE todos RENAME COLUMN title TO name', 'renaming-column'],
    ['ALTER TABLE todos RENAME TO tasks', 'renaming-table'],
    ['ALTER TABLE todos ALTER COLUMN version TYPE bigint', 'changing-column-type'],
    ['ALTER TABLE todos ALTER COLUMN description SET NOT NULL', 'adding-not-nullable-field'],
    ['ALTER TABLE todos ADD COLUMN priority integer NOT NULL', 'adding-required-field'],
    ['ALTER TABLE todos ADD CONSTRAINT positive CHECK (version > 0)', 'constraint-missing-not-valid'],
    ['CREATE INDEX todos_due_at_idx ON todos (due_at)', 'require-concurrent-index-creation'],
    ['DROP INDEX todos_due_at_idx', 'require-concurrent-index-deletion'],
    ['ALTER TABLE todos ADD CONSTRAINT one UNIQUE (title)', 'disallowed-unique-constraint'],
    [
      'ALTER TABLE todos ADD CONSTRAINT other FOREIGN KEY (user_id) REFERENCES users (id)',
      'adding-foreign-key-constraint',
    ],
    ['ALTER TABLE todos ALTER COLUMN version DROP NOT NULL', 'ban-drop-not-null'],
    ['ALTER TABLE todos ADD COLUMN at timestamptz DEFAULT clock_timestamp()', 'adding-field-with-default'],
    ['ALTER TABLE todos ADD COLUMN number serial PRIMARY KEY', 'adding-serial-primary-key-field'],
    ['UPDATE todos SET title = upper(title)', 'rows-at-once'],
    ['-- all\nDELETE FROM todos', 'rows-at-once'],
    ['WITH old AS (SELECT 1) DELETE FROM todos', 'rows-at-once'],
    ['SELECT 1; TRUNCATE todos', 'rows-at-once'],
    ['DO $$ BEGIN ALTER TABLE todos DROP COLUMN title; END $$', 'hidden-sql'],
    ['SET LOCAL lock_timeout = 0', 'own-time-limit'],
    [`SELECT set_config('statement_timeout', '0', true)`, 'own-time-limit'],
    ['DROP VIEW titles', 'ban-drop-object'],
    ['DROP TYPE mood', 'ban-drop-object'],
    ['LOCK TABLE todos', 'table-lock'],
    ['CLUSTER todos USING todos_pkey', 'table-lock'],
    ['REFRESH MATERIALIZED VIEW titles', 'table-lock'],
    ['REINDEX TABLE todos', 'require-concurrent-reindex'],
    ['ALTER TABLE todos DETACH PARTITION old', 'require-concurrent-partition-detach'],
    [`ALTER TYPE mood ADD VALUE 'fine'`, 'require-enum-value-ordering'],
    ['TRUNCATE todos CASCADE', 'ban-truncate-cascade'],
    ['DROP DATABASE todo', 'ban-drop-database'],
    ['CREATE DOMAIN age AS integer CHECK (value > 0)', 'ban-create-domain-with-constraint'],
    ['ALTER DOMAIN age ADD CONSTRAINT old CHECK (value > 0)', 'ban-alter-domain-with-add-constraint'],
    ['ALTER TABLE todos ADD COLUMN letter char', 'ban-char-field'],
    ['ALTER TABLE todos ADD COLUMN color varchar(10)', 'prefer-text-field'],
    ['ALTER TABLE todos ADD COLUMN at timestamp', 'prefer-timestamp-tz'],
    ['CREATE TABLE tags (id bigserial PRIMARY KEY)', 'prefer-identity'],
    ['ALTER TABLE todos ADD COLUMN priority smallint', 'prefer-bigint-over-smallint'],
    [`CREATE TABLE ${'long'.repeat(20)} (id bigint PRIMARY KEY)`, 'identifier-too-long'],
    ['COMMIT', 'transaction-nesting'],
  ])('refuses %s, and says what to do instead', (statement, rule) => {
    const problems = lint(statement).join('\n');
    expect(problems).toContain(rule);
    expect(recipesFor(problems).join('\n')).toMatch(new RegExp(`^${rule}: [A-Z].+\\.$`, 'm'));
  });

  it.each([
    'ALTER TABLE todos ADD COLUMN priority integer',
    'CREATE TABLE tags (name text PRIMARY KEY)',
    `INSERT INTO tags VALUES ('UPDATE; DROP VIEW titles') ON CONFLICT (name) DO UPDATE SET name = 'x' -- ; LOCK tags`,
  ])('accepts %s', (statement) => {
    expect(lint(statement)).toEqual([]);
  });

  it.each([
    ['ban-drop-column', 'ALTER TABLE todos DROP COLUMN title'],
    ['rows-at-once', 'DELETE FROM todos'],
    ['ban-truncate-cascade, rows-at-once', 'TRUNCATE todos CASCADE'],
  ])('accepts an exception from %s with a reason, and shows it for the review', (rules, statement) => {
    const statements = [`-- squawk-ignore ${rules}: 3 rows, once\n${statement}`];
    expect(lint(statements.join())).toEqual([]);
    expect(exceptionsIn({ name: 'Example', transaction: true, statements })).toEqual([
      `Example: ${rules}: 3 rows, once`,
    ]);
  });

  it.each([
    '-- squawk-ignore ban-drop-column',
    '-- squawk-ignore ban-drop-column:',
    '-- squawk-ignore ban-drop-column, ',
    '-- squawk-ignore-file ban-drop-column: of the whole file',
    '-- squawk-ignore-file',
    '/* squawk-ignore ban-drop-column */',
    '/* squawk-ignore ban-drop-column: unseen */',
  ])('refuses %s, which has no reason or is not seen', (comment) => {
    expect(lint(`${comment}\nALTER TABLE todos DROP COLUMN title`).join()).toContain('say why');
  });

  it('wants CONCURRENTLY outside of a transaction, alone', () => {
    const index = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS todos_due_at_idx ON todos (due_at)';
    expect(lint(index).join()).toContain('transaction = false');
    expect(lint('SELECT 1', false).join()).toContain('only CONCURRENTLY');
    expect(
      lintMigration({ name: 'Example', transaction: false, statements: [index, index] }).join(),
    ).toContain('one statement');
  });

  it('accepts a concurrent index that replaces an invalid one, and no other', async () => {
    class AddDueAtIndex extends ConcurrentIndexMigration {
      readonly name = 'AddDueAtIndex1760200000000';
      readonly index = 'todos_due_at_idx';
      readonly statement = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS todos_due_at_idx ON todos (due_at)';
    }
    expect(lintMigration(await recordMigration(AddDueAtIndex))).toEqual([]);
    expect(lint(new AddDueAtIndex().statement, false).join()).toContain('extend ConcurrentIndexMigration');
  });

  it('accepts the rows that a backfill changes, and no other statement of one', async () => {
    class FillDescriptions extends BackfillMigration {
      readonly name = 'FillDescriptions1760200000000';
      readonly table = 'todos';
      readonly change: string = 'UPDATE todos SET description = title';
      readonly where = 'description IS NULL';
      override readonly pauseMs = 0;
    }
    class DropsThem extends FillDescriptions {
      override readonly change = 'ALTER TABLE todos DROP COLUMN description; DELETE FROM todos';
    }
    class FillsAllAtOnce extends FillDescriptions {
      override async up(queryRunner: QueryRunner): Promise<void> {
        await queryRunner.query(this.change);
      }
    }
    const fills = await recordMigration(FillDescriptions);
    expect(fills.statements).toContainEqual(
      'UPDATE todos SET description = title WHERE id <= $1 AND (description IS NULL)',
    );
    expect(lintMigration(fills)).toEqual([]);
    expect(lintMigration(await recordMigration(DropsThem)).join()).toContain('ban-drop-column');
    expect(lintMigration(await recordMigration(FillsAllAtOnce)).join()).toContain('rows-at-once');
  });

  it('refuses what is not SQL', async () => {
    class UsesTheBuilder {
      async up(queryRunner: { dropTable(name: string): Promise<void> }): Promise<void> {
        await queryRunner.dropTable('todos');
      }
    }
    await expect(recordMigration(UsesTheBuilder as never)).rejects.toThrow('Write it as SQL');
  });
});
