import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from '../testing/folder.ts';
import { describeWhere } from '../testing/requirement.ts';
import { gitInit } from './git.ts';

const root = temporaryFolder();
const environment = { ...process.env };

let count = 0;
let directory: string;

beforeEach(() => {
  directory = join(root, `project ${count++}`);
  mkdirSync(join(directory, 'src'), { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{}\n');
  writeFileSync(join(directory, '.gitignore'), 'node_modules\n');
  writeFileSync(join(directory, 'src/index.ts'), 'export {};\n');
  mkdirSync(join(directory, 'node_modules'));
  writeFileSync(join(directory, 'node_modules/dependency.js'), '');
  configure('[user]\n  name = Ada\n  email = ada@example.org\n');
  process.env['GIT_CONFIG_NOSYSTEM'] = '1';
});

afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});

test('commits the project on main, without what it ignores', async () => {
  await expect(gitInit(directory)).resolves.toEqual({ ok: true });
  expect(log('%an <%ae>|%s|%D')).toBe(
    'Ada <ada@example.org>|feat: initial service from create-prod-forge|HEAD -> main',
  );
  expect(git('ls-files').split('\n')).toEqual(['.gitignore', 'package.json', 'src/index.ts']);
  expect(git('status', '--porcelain')).toBe('');
});

test('commits with an identity of its own where git knows none, and says how to change it', async () => {
  configure('');
  await expect(gitInit(directory)).resolves.toEqual({
    ok: true,
    note: expect.stringContaining('git commit --amend --reset-author --no-edit') as string,
  });
  expect(log('%an <%ae>|%cn')).toBe('create-prod-forge <create-prod-forge@localhost>|create-prod-forge');
  expect(git('config', '--local', '--list')).not.toContain('user.');
});

test('commits where signing, hooks, another first branch and strict line ends are configured', async () => {
  const hooks = join(root, 'hooks');
  mkdirSync(hooks);
  writeFileSync(join(hooks, 'pre-commit'), '#!/bin/sh\nexit 1\n');
  chmodSync(join(hooks, 'pre-commit'), 0o755);
  configure(`[user]
    name = Ada
    email = ada@example.org
    signingKey = missing
  [commit]
    gpgSign = true
  [core]
    hooksPath = ${JSON.stringify(hooks)}
    autocrlf = true
    safecrlf = true
  [init]
    defaultBranch = trunk`);
  await expect(gitInit(directory)).resolves.toEqual({ ok: true });
  expect(log('%D')).toBe('HEAD -> main');
});

test('is not misled by the repository of a hook that started us', async () => {
  process.env['GIT_DIR'] = join(root, 'elsewhere');
  process.env['GIT_INDEX_FILE'] = join(root, 'elsewhere-index');
  await expect(gitInit(directory)).resolves.toEqual({ ok: true });
  delete process.env['GIT_DIR'];
  delete process.env['GIT_INDEX_FILE'];
  expect(log('%D')).toBe('HEAD -> main');
  expect(existsSync(join(root, 'elsewhere'))).toBe(false);
});

test('does nothing inside a work tree, its root included', async () => {
  git('init', '--quiet');
  const skipped = { ok: true, note: 'skipped: the project is inside a git repository' };
  await expect(gitInit(directory)).resolves.toEqual(skipped);
  await expect(gitInit(join(directory, 'src'))).resolves.toEqual(skipped);
  expect(git('status', '--porcelain')).not.toBe('');
});

test('leaves a .git alone that is no repository', async () => {
  mkdirSync(join(directory, '.git'));
  writeFileSync(join(directory, '.git/theirs'), '');
  await expect(gitInit(directory)).resolves.toMatchObject({
    ok: true,
    note: expect.stringMatching(/^skipped/) as string,
  });
  expect(existsSync(join(directory, '.git/theirs'))).toBe(true);
});

test('says so where git is not installed', async () => {
  process.env['PATH'] = root;
  await expect(gitInit(directory)).resolves.toEqual({ ok: true, note: 'skipped: git is not installed' });
});

describeWhere(
  process.platform === 'win32' ? 'the stand-in is a shell script' : undefined,
  'a git that fails',
  () => {
    test.each(['init', 'symbolic-ref', 'add', 'commit'])(
      'at %s leaves no repository and says how to go on',
      async (step) => {
        const real = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
        const bin = join(root, `bin-${step}`);
        mkdirSync(bin);
        const script = `#!/bin/sh\nfor word in "$@"; do [ "$word" = ${step} ] && { echo "no luck"; exit 1; }; done\nexec '${real}' "$@"\n`;
        writeFileSync(join(bin, 'git'), script);
        chmodSync(join(bin, 'git'), 0o755);
        process.env['PATH'] = `${bin}${delimiter}${process.env['PATH']}`;
        await expect(gitInit(directory)).resolves.toEqual({
          ok: false,
          note: '`git init -b main` failed',
          output: ['no luck'],
          resume: [
            expect.stringMatching(/^cd ".*project \d+"$/) as string,
            'git init -b main',
            'git add -A',
            'git commit -m "feat: initial service from create-prod-forge"',
          ],
        });
        expect(existsSync(join(directory, '.git'))).toBe(false);
        expect(existsSync(join(directory, 'package.json'))).toBe(true);
      },
    );
  },
);

function configure(text: string): void {
  const file = join(root, 'gitconfig');
  writeFileSync(file, text);
  process.env['GIT_CONFIG_GLOBAL'] = file;
}

function log(format: string): string {
  return git('log', `--format=${format}`);
}

function git(...args: string[]): string {
  return execFileSync('git', args, {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
