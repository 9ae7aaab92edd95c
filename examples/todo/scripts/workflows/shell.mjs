// @ts-check
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { stepsOf } from './steps.mjs';

export function hasShellcheck() {
  return spawnSync('shellcheck', ['--version']).status === 0;
}

/** The hooks of git, and whatever else is shell by its name. */
export function shellScripts() {
  const paths = globSync(['.husky/*', '.github/**/*.sh', '**/*.sh'], {
    exclude: ['**/node_modules', '.husky/_'],
  });
  return paths.map((path) => path.replaceAll('\\', '/')).sort();
}

/**
 * What shellcheck says of a script.
 *
 * @param {string} path
 * @param {string} text
 */
export function scriptProblems(path, text) {
  // Husky hands them to `sh`, whatever their first line says.
  const dialect = path.startsWith('.husky/') ? ['--shell=sh'] : [];
  return shellcheck(text, dialect).map((line) => line.replace(/^-/, () => path));
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
    // As GitHub runs it.
    const script = `set -eo pipefail\n${step.run}`;
    return shellcheck(script, ['--shell=bash']).map(
      (line) => `${path}: ${job}: ${line.replace(/^-:\d+:\d+: /, '')}`,
    );
  });
}

/**
 * @param {string} input
 * @param {readonly string[]} options
 */
function shellcheck(input, options) {
  const { stdout } = spawnSync('shellcheck', [...options, '--format=gcc', '-'], { input, encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean);
}
