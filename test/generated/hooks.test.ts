import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../support/temporary.ts';
import { execute, node24Environment, renderInstalled, runNpm, type Finished } from './support/example.ts';

const WHO = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];

async function git(project: string, ...args: readonly string[]): Promise<Finished> {
  return execute(['git', ...WHO, ...args], { cwd: project, env: await node24Environment() });
}

describe('the git hooks of a project', () => {
  let project: string;

  beforeAll(async () => {
    project = await renderInstalled(temporary());
    await git(project, 'init', '--quiet');
    await git(project, 'add', '--all');
    await git(project, 'commit', '--quiet', '--no-verify', '--message', 'feat: initial service');
    const { status, output } = await runNpm(['run', 'prepare'], project);
    if (status !== 0) throw new Error(output);
  });

  it('refuse a message that is not conventional', async () => {
    writeFileSync(join(project, 'NOTES.md'), 'One.\n');
    await git(project, 'add', 'NOTES.md');
    const { status, output } = await git(project, 'commit', '--message', 'changed something');
    expect({ status, output }).toEqual({
      status: 1,
      output: expect.stringContaining('type may not be empty'),
    });
  });

  it('format what is committed', async () => {
    writeFileSync(join(project, 'src', 'limit.ts'), 'export  const LIMIT = {"a":1}');
    await git(project, 'add', 'src/limit.ts');
    const { status, output } = await git(project, 'commit', '--message', 'feat: a limit');
    if (status !== 0) throw new Error(output);
    const { output: committed } = await git(project, 'show', 'HEAD:src/limit.ts');
    expect(committed).toBe('export const LIMIT = { a: 1 };\n');
  });

  it('refuse what the linter refuses', async () => {
    writeFileSync(join(project, 'src', 'limit.ts'), 'export const LIMIT: any = 1;\n');
    await git(project, 'add', 'src/limit.ts');
    const { status, output } = await git(project, 'commit', '--message', 'fix: the limit');
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining('no-explicit-any') });
  });

  it('are left alone in the repository of somebody else', async () => {
    const outer = temporary();
    await git(outer, 'init', '--quiet');
    mkdirSync(join(outer, 'services'));
    const inner = await renderInstalled(join(outer, 'services'));
    expect(await runNpm(['run', 'prepare'], inner)).toMatchObject({ status: 0 });
    expect(await git(outer, 'config', 'core.hooksPath')).toEqual({ status: 1, output: '' });
  });
});
