// @ts-check
import { spawnSync } from 'node:child_process';

/**
 * What git says, without the end of its last line; undefined where it says no, or is not there.
 *
 * @param {string[]} args
 * @param {string} [cwd]
 */
export function git(args, cwd = '.') {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 30 });
  return status === 0 ? stdout.trimEnd() : undefined;
}

/**
 * The tag of the latest release (`v1.2.3`) that a commit is made of.
 *
 * @param {string} [cwd]
 * @param {string} [commit]
 */
export function latestRelease(cwd, commit = 'HEAD') {
  return git(['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*', commit], cwd);
}
