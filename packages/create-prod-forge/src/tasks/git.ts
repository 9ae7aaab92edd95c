import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { exists } from '../disk/moves.ts';
import { withCleanup } from '../terminal/interrupt.ts';
import { run, type Finished } from './process.ts';
import { failure, type TaskResult } from './result.ts';

const MESSAGE = 'feat: initial service from create-prod-forge';

const RESUME = ['git init -b main', 'git add -A', `git commit -m "${MESSAGE}"`];

/** For machines on which git does not know its user: the first commit is ours, and easily made theirs. */
const FALLBACK_IDENTITY = {
  GIT_AUTHOR_NAME: 'create-prod-forge',
  GIT_AUTHOR_EMAIL: 'create-prod-forge@localhost',
  GIT_COMMITTER_NAME: 'create-prod-forge',
  GIT_COMMITTER_EMAIL: 'create-prod-forge@localhost',
};

const IDENTITY_NOTE =
  'committed as create-prod-forge because git has no user.name and user.email; ' +
  'set both, then run git commit --amend --reset-author --no-edit';

/**
 * Makes the project a git repository with one commit on `main`. Inside a work tree nothing is done: what is committed there is
 * its owner's business. After a failure there is no half repository.
 */
export async function gitInit(directory: string): Promise<TaskResult> {
  const probe = await git(directory, ['rev-parse', '--is-inside-work-tree']);
  if (probe.missing) return { ok: true, note: 'skipped: git is not installed' };
  if (probe.ok) return { ok: true, note: 'skipped: the project is inside a git repository' };
  if (exists(join(directory, '.git'))) return { ok: true, note: 'skipped: the folder has a .git already' };
  if (!probe.output.some((line) => line.includes('not a git repository'))) {
    return failure(directory, 'git status', probe, { after: RESUME });
  }
  const removeRepository = (): void =>
    rmSync(join(directory, '.git'), { recursive: true, force: true, maxRetries: 5 });
  return withCleanup(removeRepository, async () => {
    const result = await createRepository(directory);
    if (!result.ok) removeRepository();
    return result;
  });
}

async function createRepository(directory: string): Promise<TaskResult> {
  const isKnown = await hasIdentity(directory);
  const commands = [
    ['init', '--quiet'],
    // Not `init -b`, which git before 2.28 lacks.
    ['symbolic-ref', 'HEAD', 'refs/heads/main'],
    ['-c', 'core.safecrlf=false', 'add', '--all'],
    // Hooks of the machine and signing with a passphrase would fail or wait where nobody can answer.
    ['-c', 'commit.gpgSign=false', 'commit', '--quiet', '--no-verify', '--message', MESSAGE],
  ];
  for (const command of commands) {
    const finished = await git(directory, command, isKnown ? {} : FALLBACK_IDENTITY);
    if (!finished.ok) return failure(directory, 'git init -b main', finished, { after: RESUME.slice(1) });
  }
  return isKnown ? { ok: true } : { ok: true, note: IDENTITY_NOTE };
}

/** True where git knows its user; a name made up of the login and the host does not count. */
async function hasIdentity(directory: string): Promise<boolean> {
  for (const role of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    const { ok } = await git(directory, ['-c', 'user.useConfigOnly=true', 'var', role]);
    if (!ok) return false;
  }
  return true;
}

async function git(
  directory: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return run(['git', ...args], { directory, env: { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', ...env } });
}
