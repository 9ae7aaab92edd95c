import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';

interface Manifest {
  readonly answers: Readonly<Record<string, unknown>>;
}

/** The answers that a run recorded in the project. */
async function recorded(
  args: readonly string[],
  options: { readonly file?: unknown; readonly agent?: string } = {},
): Promise<Manifest['answers']> {
  const cwd = temporary();
  if (options.file !== undefined) writeFileSync(join(cwd, 'answers.json'), JSON.stringify(options.file));
  const file = options.file === undefined ? [] : ['--answers', 'answers.json'];
  const env = { npm_config_user_agent: options.agent };
  const { status, stderr } = await run([...args, ...file, ...RENDER_ONLY], { cwd, env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) as string });
  const directory = args.find((word) => !word.startsWith('-')) ?? (options.file as { name: string }).name;
  const manifest = readFileSync(join(cwd, directory, '.prod-forge.json'), 'utf8');
  return (JSON.parse(manifest) as Manifest).answers;
}

describe('answers', () => {
  it('come from a file', async () => {
    expect(await recorded(['my-api'], { file: { 'package-manager': 'pnpm' } })).toMatchObject({
      name: 'my-api',
      'package-manager': 'pnpm',
    });
  });

  it('of a file name the directory where none is given', async () => {
    expect(await recorded([], { file: { name: 'from-file' } })).toMatchObject({ name: 'from-file' });
  });

  it('of flags win over those of a file', async () => {
    const file = { 'package-manager': 'pnpm', name: 'from-file' };
    expect(
      await recorded(['my-api', '--package-manager=npm', '--name=@acme/by-flag'], { file }),
    ).toMatchObject({
      name: '@acme/by-flag',
      'package-manager': 'npm',
    });
  });

  it('do not depend on the order of the flags', async () => {
    const flags = ['--preset=full', '--package-manager=pnpm', '--name=other'];
    const expected = await recorded(['my-api', ...flags]);
    expect(await recorded([...flags.toReversed(), 'my-api'])).toEqual(expected);
  });

  it('recorded in a project give the same project again', async () => {
    const answers = await recorded(['my-api', '--preset=full', '--package-manager=pnpm']);
    expect(await recorded(['my-api'], { file: answers })).toEqual(answers);
  });

  it.each([
    ['pnpm/12.21.0 npm/? node/v24.21.0 linux x64', 'pnpm'],
    ['npm/11.19.1 node/v24.21.0 linux x64 workspaces/false', 'npm'],
    ['bun/1.3.0 npm/? node/v24.3.0 linux x64', 'npm'],
    ['', 'npm'],
  ])('take the package manager that calls: %s', async (agent, expected) => {
    expect(await recorded(['my-api'], { agent })).toMatchObject({ 'package-manager': expected });
  });

  it('take the caller only where neither flag nor file says otherwise', async () => {
    const agent = 'pnpm/12.21.0 npm/? node/v24.21.0 linux x64';
    expect(await recorded(['my-api', '--package-manager', 'npm'], { agent })).toMatchObject({
      'package-manager': 'npm',
    });
    expect(await recorded(['my-api'], { agent, file: { 'package-manager': 'npm' } })).toMatchObject({
      'package-manager': 'npm',
    });
  });
});
