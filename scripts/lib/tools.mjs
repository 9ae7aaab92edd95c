/** What the scripts share: where things are, how npm is called, how a process is run to its end. No dependencies. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const PACKAGE = path.join(root, 'packages', 'create-prod-forge');

/** The generator as `npx create-prod-forge` finds it. */
export const generator = path.join(PACKAGE, 'bin', 'create-prod-forge.js');

export const windows = process.platform === 'win32';

/**
 * Calls back for whatever asks us to stop: a signal, or the end of our parent, because npm's shell dies of a SIGTERM
 * without passing it on. The same request may come more than once.
 *
 * @param {(signal: NodeJS.Signals) => void} callback
 * @returns {() => void} takes the callback back
 */
export function onStop(callback) {
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, callback);
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && callback('SIGTERM'), 500).unref();
  return () => {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, callback);
  };
}

/**
 * The command that runs npm. Its JavaScript under `node` wherever it can be found: that is the npm that called us,
 * and no shell is needed on Windows.
 *
 * @param {string[]} args free of blanks and of what a shell interprets
 * @param {string} [node] default: the current one
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function npm(args, node = process.execPath) {
  const home = path.dirname(process.execPath);
  const cli = [
    process.env['npm_execpath'] ?? '',
    path.join(home, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(home, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((candidate) => path.basename(candidate) === 'npm-cli.js' && existsSync(candidate));
  return cli
    ? { command: node, args: [cli, ...args], shell: false }
    : { command: windows ? 'npm.cmd' : 'npm', args, shell: windows };
}

/**
 * Runs a command to its end on our terminal and hands on what asks us to stop.
 *
 * @param {{ command: string, args: string[], shell?: boolean }} what
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options] default: the repository and our environment
 * @returns {Promise<number>} its exit status; 128 + signal where a signal ended it, 127 where it could not be started
 */
export async function run({ command, args, shell = false }, { cwd = root, env = process.env } = {}) {
  const child = spawn(command, args, { cwd, env, shell, stdio: 'inherit' });
  const release = onStop((signal) => child.kill(signal));
  try {
    const [status, signal] = await once(child, 'exit');
    return status ?? exitStatus(signal);
  } catch (error) {
    console.error(`${command} could not be started: ${String(error)}`);
    return 127;
  } finally {
    release();
  }
}

/**
 * The exit status that a shell reports for a process that `signal` ended.
 *
 * @param {NodeJS.Signals} signal
 */
export function exitStatus(signal) {
  return 128 + constants.signals[signal];
}

/**
 * Whether npm has finished an installation in `directory` since `source` last changed. npm writes its hidden lock
 * file last, so an interrupted installation does not count.
 *
 * @param {string} directory
 * @param {string} source the name of a file in `directory`
 */
export function isInstalled(directory, source) {
  const finished = modified(path.join(directory, 'node_modules', '.package-lock.json'));
  return finished > 0 && finished >= modified(path.join(directory, source));
}

/** Whether the generator has been built since the last change of what it is built from. */
export function isBuilt() {
  const built = Math.min(
    ...['index.js', 'templates.js'].map((file) => modified(path.join(PACKAGE, 'dist', file))),
  );
  return ['src', 'build', 'package.json', '../../templates'].every(
    (source) => built >= newest(path.join(PACKAGE, source)),
  );
}

/**
 * @param {string} file or folder
 * @returns {number} when the last file in it changed, in milliseconds since 1970
 */
function newest(file) {
  if (!statSync(file).isDirectory()) return modified(file);
  return Math.max(0, ...readdirSync(file).map((entry) => newest(path.join(file, entry))));
}

/**
 * @param {string} file
 * @returns {number} milliseconds since 1970; 0 where there is no such file
 */
function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
