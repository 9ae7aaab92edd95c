import { ConcurrentIndexMigration } from '../../src/database/concurrent-index';
import { migrations } from '../../src/database/migrations';
import { lintMigration } from './lint-migration.mjs';
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
  ])('refuses %s', (statement, rule) => {
    expect(lint(statement).join('\n')).toContain(rule);
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

  it('refuses what is not SQL', async () => {
    class UsesTheBuilder {
      async up(queryRunner: { dropTable(name: string): Promise<void> }): Promise<void> {
        await queryRunner.dropTable('todos');
      }
    }
    await expect(recordMigration(UsesTheBuilder as never)).rejects.toThrow('Write it as SQL');
  });
});
