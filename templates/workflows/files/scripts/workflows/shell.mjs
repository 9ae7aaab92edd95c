// @ts-check
import { spawnSync } from 'node:child_process';
import { stepsOf } from './steps.mjs';

export function hasShellcheck() {
  return spawnSync('shellcheck', ['--version']).status === 0;
}

/**
 * What shellcheck says of the scripts in a workflow.
 *
 * @param {string} path
 * @param {string} text
 */
export function shellProblems(path, text) {
  return stepsOf(text).flatMap(({ job, step }) => {
    if (typeof step.run !== 'string') return [];
    const { stdout } = spawnSync('shellcheck', ['--shell=bash', '--format=gcc', '-'], {
      // As GitHub runs it.
      input: `set -eo pipefail\n${step.run}`,
      encoding: 'utf8',
    });
    return stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => `${path}: ${job}: ${line.replace(/^-:\d+:\d+: /, '')}`);
  });
}
