import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../support/temporary.ts';
import {
  EXAMPLE,
  execute,
  type Finished,
  node24Environment,
  renderInstalled,
  runNpm,
} from './support/example.ts';

const MIGRATIONS = join('src', 'database', 'migrations');

/** A project of which version 1 is released, and which then gets one more migration. */
describe('a project after its first release', () => {
  let project = '';

  const git = async (...args: string[]) => {
    const user = [
      '-c',
      'user.name=test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'core.hooksPath=/dev/null',
    ];
    const { status, output } = await execute(['git', ...user, ...args], { cwd: project });
    if (status !== 0) throw new Error(output);
  };

  /** Adds the migration, and runs the check with the tests of the todos alone. */
  async function checkWith(statement: string): Promise<Finished> {
    await git('checkout', '-q', '-f', 'v1.0.0');
    const created = await runNpm(['run', 'migration:create', '--', 'next-step'], project);
    const [file] = /\d{13}-next-step\.ts/.exec(created.output) ?? [];
    if (!file) throw new Error(created.output);
    const path = join(project, MIGRATIONS, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace('query(``)', `query(\`${statement}\`)`));
    await git('add', '-A');
    await git('commit', '-q', '-m', 'feat: the next step');
    const built = await runNpm(['run', 'build'], project);
    if (built.status !== 0) throw new Error(built.output);
    const env = { ...(await node24Environment()), CI: 'true', TEST_DATABASE: 'embedded' };
    return execute(['node', 'scripts/previous-release.mjs', 'todos'], { cwd: project, env });
  }

  beforeAll(async () => {
    project = await renderInstalled(temporary());
    copyFileSync(join(EXAMPLE, 'package-lock.json'), join(project, 'package-lock.json'));
    await git('init', '-q');
    // A link here, where a project has a folder, which its own .gitignore names.
    writeFileSync(join(project, '.git', 'info', 'exclude'), 'node_modules\n');
    await git('add', '-A');
    await git('commit', '-q', '-m', 'feat: the first release');
    await git('tag', 'v1.0.0');
  });

  it('may add a column', async () => {
    const { status, output } = await checkWith('ALTER TABLE todos ADD COLUMN priority integer');
    if (status !== 0) throw new Error(output);
    expect(output).toContain('v1.0.0 keeps its rows and runs on the schema of this checkout.');
  });

  it.each([
    [
      'may not drop a column that version 1 uses',
      'ALTER TABLE todos DROP COLUMN description',
      'jest.mjs of v1.0.0 failed',
    ],
    [
      'may not lose rows',
      'DELETE FROM todos WHERE completed_at IS NOT NULL',
      'todos has 6667 rows, and had 10000.',
    ],
    ['may not change values', 'UPDATE todos SET title = upper(title)', 'todos.title has other values.'],
  ])('%s', async (_, statement, problem) => {
    const { status, output } = await checkWith(statement);
    expect(output).toContain(problem);
    expect(status).toBe(1);
  });

  it('may change values that it names', async () => {
    const statement = '-- changes todos.title: shouted from now on\nUPDATE todos SET title = upper(title)';
    const { status, output } = await checkWith(statement);
    if (status !== 0) throw new Error(output);
    expect(output).toContain('meant: todos.title: shouted from now on');
  });
});
