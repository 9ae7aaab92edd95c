import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './root.ts';

/** The program as npm links it. */
export const PROGRAM = join(root, 'packages/create-prod-forge/bin/create-prod-forge.js');

/** How a run ended; `signal` where one ended it. */
export interface Outcome {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** Added to {@link cleanEnvironment}; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `open` is a pipe that never ends. */
  readonly stdin?: 'closed' | 'open';
  /** A command that runs the program, e.g. `['unshare', '--net']`. */
  readonly wrapper?: readonly string[];
  readonly program?: string;
}

/** Longer than any run may take: a run that waits for somebody is ended and fails its test. */
const LIMIT_MS = 60_000;

/** The environment of a plain machine: no CI, no colours asked for, no caller, and nothing of this machine's git. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(npm_|CI$|GITHUB_|NO_COLOR$|FORCE_COLOR$|NODE_OPTIONS$|NODE_ENV$|JEST_|GIT_|INIT_CWD$)/i;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
}

/** Starts the program without waiting for it. */
export function start(args: readonly string[], options: RunOptions): ChildProcess {
  const [file = process.execPath, ...rest] = [
    ...(options.wrapper ?? []),
    process.execPath,
    options.program ?? PROGRAM,
    ...args,
  ];
  return spawn(file, rest, {
    cwd: options.cwd,
    env: { ...cleanEnvironment(), ...options.env },
    stdio: [options.stdin === 'open' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
}

/** Runs the program to its end. */
export async function run(args: readonly string[], options: RunOptions): Promise<Outcome> {
  return outcomeOf(start(args, options));
}

/** Waits for a started program. */
export async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const [status, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { status, signal, ...output };
}

/** The arguments of a run that writes the files and starts nothing. */
export const RENDER_ONLY = ['--yes', '--no-install', '--no-git'] as const;
