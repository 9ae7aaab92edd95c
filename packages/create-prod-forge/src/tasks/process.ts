import { spawnSync } from 'node:child_process';
import { withCleanup } from '../terminal/interrupt.ts';
import { cleanEnvironment } from './environment.ts';

/** How a command ended. */
export interface Finished {
  readonly ok: boolean;
  /** True where there is no such command. */
  readonly missing: boolean;
  /** Lines of stdout and stderr, as they came, without those that are empty. */
  readonly output: readonly string[];
}

export interface RunOptions {
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each line of output as it comes. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/**
 * Runs a command without a shell and without input. It dies with us, together with what it started, however we end (but for
 * SIGKILL).
 */
export async function run(
  command: readonly string[],
  { directory, env = {}, onLine }: RunOptions,
): Promise<Finished> {
  const { execa } = await import('execa');
  const [file = '', ...args] = command;
  const child = execa(file, args, {
    cwd: directory,
    env: { ...cleanEnvironment(process.env), ...env },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    lines: true,
    reject: false,
    // A process group of its own can be ended as a whole; Windows ends trees without one.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const kill = (): void => {
    if (child.pid !== undefined) killTree(child.pid);
  };
  return withCleanup(kill, async () => {
    if (onLine) for await (const line of child.iterable({ from: 'all' })) onLine(line);
    const { failed, code, all } = await child;
    return { ok: !failed, missing: code === 'ENOENT', output: all.filter((line) => line.trim() !== '') };
  });
}

function killTree(pid: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    return; // It has just ended by itself.
  }
}
