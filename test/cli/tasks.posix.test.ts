import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cleanEnvironment, run, RENDER_ONLY, type Outcome } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { contents, type Snapshot } from '../support/tree.ts';

const ADA = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

const NO_INSTALL = ['my-api', '--yes', '--no-install'] as const;

function git(directory: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: directory, env: cleanEnvironment(), encoding: 'utf8' }).trim();
}

/** A folder with commands of ours, and a PATH on which they come first. */
function pathWith(commands: Readonly<Record<string, string>>): string {
  const folder = temporary();
  for (const [name, body] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return `${folder}:${process.env['PATH'] ?? ''}`;
}

/** A PATH on which only the named commands of this machine are. */
function pathOfOnly(...commands: readonly string[]): string {
  const found = commands.map((name) => {
    const path = execFileSync('which', [name], { encoding: 'utf8' }).trim();
    return [name, `exec ${path} "$@"`] as const;
  });
  return pathWith(Object.fromEntries(found)).split(':')[0] ?? '';
}

async function expected(): Promise<Snapshot> {
  const cwd = temporary();
  await run(['my-api', ...RENDER_ONLY], { cwd });
  return contents(join(cwd, 'my-api'));
}

describe('git', () => {
  it('gets one commit on main with everything in it', async () => {
    const cwd = temporary();
    const { status } = await run(NO_INSTALL, { cwd, env: ADA });
    const project = join(cwd, 'my-api');
    expect(status).toBe(0);
    expect(git(project, 'log', '--format=%an %s')).toBe('Ada feat: initial service from create-prod-forge');
    expect(git(project, 'symbolic-ref', '--short', 'HEAD')).toBe('main');
    expect(git(project, 'status', '--porcelain')).toBe('');
    const ignored = git(project, 'ls-files', '--others', '--ignored', '--exclude-standard');
    expect(ignored).toBe('');
    expect(git(project, 'ls-files', '-z').split('\0').filter(Boolean).toSorted()).toEqual(
      Object.keys(await expected()),
    );
  });

  it('is committed to by us where it does not know its user, and the run says so', async () => {
    const cwd = temporary();
    const { status, stderr } = await run(NO_INSTALL, { cwd, env: { HOME: cwd } });
    expect(status).toBe(0);
    expect(git(join(cwd, 'my-api'), 'log', '--format=%an')).toBe('create-prod-forge');
    expect(stderr).toContain('git commit --amend --reset-author');
  });

  it('is left alone inside a work tree', async () => {
    const cwd = temporary();
    git(cwd, 'init', '--quiet');
    const { status, stderr } = await run(NO_INSTALL, { cwd, env: ADA });
    expect(status).toBe(0);
    expect(stderr).toContain('skipped: the project is inside a git repository');
    expect(existsSync(join(cwd, 'my-api', '.git'))).toBe(false);
  });

  it('may be absent', async () => {
    const cwd = temporary();
    const { status, stderr } = await run(NO_INSTALL, { cwd, env: { PATH: pathOfOnly('sh') } });
    expect(status).toBe(0);
    expect(stderr).toContain('skipped: git is not installed');
    expect(contents(join(cwd, 'my-api'))).toEqual(await expected());
  });

  it('may fail: the project is complete, has no half repository, and the run says how to go on', async () => {
    const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
    const PATH = pathWith({
      git: `for word in "$@"; do [ "$word" != commit ] || { echo no space for objects >&2; exit 128; }; done\nexec ${real} "$@"`,
    });
    const cwd = temporary();
    const { status, stderr } = await run(NO_INSTALL, { cwd, env: { ...ADA, PATH } });
    expect(status).toBe(1);
    expect(stderr).toContain('no space for objects');
    expect(stderr).toContain('  cd my-api\n  git init -b main\n  git add -A\n  git commit');
    expect(contents(join(cwd, 'my-api'))).toEqual(await expected());
  });

  it('is not misled by the variables of a hook that calls us', async () => {
    const other = temporary();
    git(other, 'init', '--quiet');
    const cwd = temporary();
    await run(NO_INSTALL, { cwd, env: { ...ADA, GIT_DIR: join(other, '.git'), GIT_WORK_TREE: other } });
    expect(git(join(cwd, 'my-api'), 'rev-list', '--count', 'HEAD')).toBe('1');
    expect(git(other, 'rev-list', '--count', '--all')).toBe('0');
  });
});

describe('installing', () => {
  /** An npm that notes how it was called, and writes what the real one would. */
  const WORKING = `
printf '%s|%s|%s\\n' "$PWD" "$*" "\${NODE_ENV-unset}" >> "$CALLS"
case "$*" in
  install) mkdir -p node_modules && echo '{}' > package-lock.json ;;
  'run generate') echo '{}' > openapi.json ;;
  'run --if-present prepare') git rev-parse --quiet --verify HEAD > /dev/null ;;
  *) exit 64 ;;
esac`;

  async function runWith(
    npm: string,
    args: readonly string[] = [],
  ): Promise<Outcome & { readonly cwd: string }> {
    const cwd = temporary();
    const env = {
      ...ADA,
      PATH: pathWith({ npm }),
      CALLS: join(cwd, 'calls'),
      NODE_ENV: 'production',
      npm_config_package: 'create-prod-forge',
    };
    const outcome = await run(['my-api', '--yes', ...args], { cwd, env });
    return { ...outcome, cwd };
  }

  it('runs the package manager in the project, then its script, then commits what both wrote and lets it set up hooks', async () => {
    const { status, stdout, cwd } = await runWith(WORKING);
    const project = join(cwd, 'my-api');
    expect(status).toBe(0);
    expect(readFileSync(join(cwd, 'calls'), 'utf8')).toBe(
      `${project}|install|unset\n${project}|run generate|unset\n${project}|run --if-present prepare|unset\n`,
    );
    expect(git(project, 'ls-files', 'package-lock.json', 'openapi.json')).toBe(
      'openapi.json\npackage-lock.json',
    );
    expect(stdout).toContain('Next:\n  cd my-api\n  npm run dev\n');
  });

  it('reports its steps to programs', async () => {
    const { stdout, stderr } = await runWith(WORKING, ['--json']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'created',
      tasks: { install: { ok: true }, generate: { ok: true }, git: { ok: true } },
    });
  });

  const FAILING = 'echo "some progress"; echo "npm error ENOTFOUND" >&2; exit 1';

  it('may fail: the project is complete, nothing is committed, and the run says how to go on', async () => {
    const { status, stdout, stderr, cwd } = await runWith(FAILING);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('npm error ENOTFOUND');
    expect(stderr).toContain(
      'but `npm install` failed. Go on with:\n  cd my-api\n  npm install\n  npm run generate\n',
    );
    expect(contents(join(cwd, 'my-api'))).toEqual(await expected());
  });

  it('may fail for programs, too', async () => {
    const { status, stdout, stderr } = await runWith(FAILING, ['--json']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'incomplete',
      tasks: { install: { ok: false, resume: ['cd my-api', 'npm install', 'npm run generate'] } },
    });
  });

  it('may fail in the script: the run says how to go on from there', async () => {
    const { status, stderr } = await runWith('[ "$1" = install ] || { echo broken script; exit 3; }');
    expect(status).toBe(1);
    expect(stderr).toContain('broken script');
    expect(stderr).toContain('but `npm run generate` failed. Go on with:\n  cd my-api\n  npm run generate\n');
  });

  it('says that there is no such package manager', async () => {
    const cwd = temporary();
    const env = { ...ADA, PATH: pathOfOnly('sh', 'git') };
    const { status, stderr } = await run(['my-api', '--yes', '--package-manager', 'pnpm'], { cwd, env });
    expect(status).toBe(1);
    expect(stderr).toContain(
      'but pnpm was not found. Go on with:\n  cd my-api\n  npm install --global pnpm@',
    );
  });

  it('ends the package manager when the run is interrupted, and keeps the project', async () => {
    const cwd = temporary();
    const PATH = pathWith({
      npm: `echo $$ > "$CALLS"\nsleep 300 & echo $! >> "$CALLS"\nkill -INT $PPID\nwait`,
    });
    const calls = join(cwd, 'calls');
    const { status, stderr } = await run(['my-api', '--yes'], { cwd, env: { ...ADA, PATH, CALLS: calls } });
    expect(status).toBe(130);
    expect(stderr).toContain('Go on with:\n  cd my-api\n  npm install\n  npm run generate\n');
    expect(contents(join(cwd, 'my-api'))).toEqual(await expected());
    for (const pid of readFileSync(calls, 'utf8').trim().split('\n'))
      expect(await isGone(Number(pid))).toBe(true);
  });

  async function isGone(pid: number): Promise<boolean> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      try {
        process.kill(pid, 0);
      } catch {
        return true;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return false;
  }
});

describe('--no-install --no-git', () => {
  it('starts no process', async () => {
    const cwd = temporary();
    const trap = `echo "$0" >> "$CALLS"`;
    const PATH = pathWith({ git: trap, npm: trap, pnpm: trap, node: trap, sh: trap });
    const { status } = await run(['my-api', ...RENDER_ONLY], {
      cwd,
      env: { PATH, CALLS: join(cwd, 'calls') },
    });
    expect(status).toBe(0);
    expect(existsSync(join(cwd, 'calls'))).toBe(false);
  });
});

describe('the command that is told to a user', () => {
  it('quotes a directory with spaces', async () => {
    const cwd = join(temporary(), 'my projects');
    mkdirSync(cwd);
    const { stdout } = await run([join(cwd, 'my-api'), ...RENDER_ONLY], { cwd: dirname(cwd) });
    expect(stdout).toContain('cd "my projects/my-api"');
  });
});
