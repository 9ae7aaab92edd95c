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
  ])('refuses %s, and says what to do instead', (statement, rule) => {
    const problems = lint(statement).join('\n');
    expect(problems).toContain(rule);
    expect(recipesFor(problems).join('\n')).toMatch(new RegExp(`^${rule}: [A-Z].+\\.$`, 'm'));
  });

  it.each(['ALTER TABLE todos ADD COLUMN priority integer', 'CREATE TABLE tags (name text PRIMARY KEY)'])(
    'accepts %s',
    (statement) => {
      expect(lint(statement)).toEqual([]);
    },
  );

  it('accepts an exception with a reason, and refuses one without', () => {
    const drop = 'ALTER TABLE todos DROP COLUMN title';
    expect(lint(`-- squawk-ignore ban-drop-column: no release reads it any more\n${drop}`)).toEqual([]);
    expect(lint(`-- squawk-ignore ban-drop-column\n${drop}`).join()).toContain('say why');
  });

  it('shows exceptions, for the review', () => {
    const statements = ['-- squawk-ignore ban-drop-table: moved to tasks\nDROP TABLE todos'];
    expect(exceptionsIn({ name: 'Example', transaction: true, statements })).toEqual([
      'Example: ban-drop-table: moved to tasks',
    ]);
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

  it('accepts a backfill whose batches have a limit, and no other', async () => {
    class FillDescriptions extends BackfillMigration {
      readonly name = 'FillDescriptions1760200000000';
      readonly statement: string =
        'UPDATE todos SET description = title WHERE id IN (SELECT id FROM todos WHERE description IS NULL LIMIT $1)';
    }
    class FillAllAtOnce extends FillDescriptions {
      override readonly statement = 'UPDATE todos SET description = title WHERE description IS NULL';
    }
    expect(lintMigration(await recordMigration(FillDescriptions))).toEqual([]);
    expect(lintMigration(await recordMigration(FillAllAtOnce)).join()).toContain('a batch has a limit');
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
