import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../support/temporary.ts';
import { execute, type Finished, node24Environment, renderInstalled, runNpm } from './support/example.ts';
import { git } from './support/git.ts';

const MIGRATIONS = join('src', 'database', 'migrations');
const SHOUT = '\n-- changes todos.title: shouted from now on\nUPDATE todos SET title = upper(title)';

/** A project of which version 1 is released, and which then gets one more migration. */
describe('a project after its first release', () => {
  let project = '';

  async function addMigration(statement: string, release = 'v1.0.0'): Promise<void> {
    await git(project, 'checkout', '-q', '-f', release);
    const created = await runNpm(['run', 'migration:create', '--', 'next-step'], project);
    const [file] = /\d{13}-next-step\.ts/.exec(created.output) ?? [];
    if (!file) throw new Error(created.output);
    const path = join(project, MIGRATIONS, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace('query(``)', `query(\`${statement}\`)`));
    await git(project, 'add', '-A');
    await git(project, 'commit', '-q', '-m', 'feat: the next step');
  }

  /** Adds the migration, and runs the check with the tests of the todos alone. */
  async function checkWith(statement: string, release?: string): Promise<Finished> {
    await addMigration(statement, release);
    const built = await runNpm(['run', 'build'], project);
    if (built.status !== 0) throw new Error(built.output);
    const env = { ...(await node24Environment()), CI: 'true', TEST_DATABASE: 'embedded' };
    return execute(['node', 'scripts/previous-release.mjs', 'todos'], { cwd: project, env });
  }

  beforeAll(async () => {
    project = await renderInstalled(temporary());
    await git(project, 'init', '-q');
    // A link here, where a project has a folder, which its own .gitignore names.
    writeFileSync(join(project, '.git', 'info', 'exclude'), 'node_modules\n');
    await git(project, 'add', '-A');
    await git(project, 'commit', '-q', '-m', 'feat: the first release');
    await git(project, 'tag', 'v1.0.0');
  });

  it('may add a column, and change values that it names', async () => {
    const { status, output } = await checkWith(`ALTER TABLE todos ADD COLUMN priority integer; ${SHOUT}`);
    if (status !== 0) throw new Error(output);
    expect(output).toContain('meant: todos.title: shouted from now on');
    expect(output).toContain('v1.0.0 keeps its rows and runs on the schema of this checkout.');
  });

  it('may not drop a column that version 1 uses', async () => {
    const { status, output } = await checkWith('ALTER TABLE todos DROP COLUMN description');
    expect(output).toContain('gone: todos.description');
    // By the tests that need it, and not because none could run.
    expect(output).toContain('● /v1/todos › creates a todo');
    expect(output).toMatch(/Tests: .* [1-9]\d* passed/);
    expect(output).toContain('jest.mjs of v1.0.0 failed');
    expect(status).toBe(1);
  });

  it('may not lose rows', async () => {
    const { status, output } = await checkWith('DELETE FROM todos WHERE completed_at IS NOT NULL');
    expect(output).toContain('todos has 6667 rows, and had 10000.');
    expect(status).toBe(1);
  });

  it('may not change values that no migration since the last release names', async () => {
    await addMigration(SHOUT);
    await git(project, 'tag', 'v1.1.0');
    const { status, output } = await checkWith('UPDATE todos SET title = lower(title)', 'v1.1.0');
    expect(output).toContain('todos.title has other values.');
    expect(status).toBe(1);
  });
});
