// @ts-check
import { spawnSync } from 'node:child_process';

/**
 * The newest release before or at this commit: a tag like `v1.2.3`, but no pre-release like `v1.2.3-rc.1`.
 *
 * @param {string} [cwd]
 * @param {string} [commit]
 * @returns {{ tag: string } | { none: string }} The tag, or why there is none.
 * @throws Error where there may be one, but the clone does not reach back to it.
 */
export function latestRelease(cwd = '.', commit = 'HEAD') {
  if (git(cwd, 'rev-parse', '--git-dir') === undefined) return { none: 'this is no Git repository' };
  const tag = git(cwd, 'describe', '--tags', '--abbrev=0', '--match=v*', '--exclude=*-*', commit);
  if (tag !== undefined) return { tag };
  if (git(cwd, 'rev-parse', '--is-shallow-repository') === 'true')
    throw new Error(
      'The clone is shallow: the last release can not be found. Fetch the history and its tags.',
    );
  return { none: 'there is no release yet (a tag v*)' };
}

/**
 * A file as it was in a release; undefined where that had none.
 *
 * @param {string} tag
 * @param {string} file
 * @param {string} [cwd]
 */
export function fileAt(tag, file, cwd = '.') {
  return git(cwd, 'show', `${tag}:./${file}`);
}

/**
 * What git says, without the end of its last line; undefined where it says no, or is not there.
 *
 * @param {string} cwd
 * @param {string[]} args
 */
export function git(cwd, ...args) {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? stdout.trimEnd() : undefined;
}
