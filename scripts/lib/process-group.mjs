/** A command with everything it starts: its output line by line, and a stop that leaves nothing behind. */
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { windows } from './tools.mjs';

/** How long a stopping process may take before it is killed, in milliseconds. */
const GRACE = 20_000;

export class ProcessGroup {
  #child;

  /** Resolves to the exit status, or 1 where a signal ended the process or it could not be started. */
  exited;

  /**
   * @param {{ command: string, args: string[], shell?: boolean }} what
   * @param {{ cwd: string, env: NodeJS.ProcessEnv, onLine: (line: string) => void }} options `onLine` gets each line of its standard output
   */
  constructor({ command, args, shell = false }, { cwd, env, onLine }) {
    // Elsewhere than on Windows it leads a group of its own, so that one signal reaches all of it, once.
    this.#child = spawn(command, args, {
      cwd,
      env,
      shell,
      detached: !windows,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: this.#child.stdout }).on('line', onLine);
    this.exited = new Promise((/** @type {(status: number) => void} */ resolve) => {
      this.#child.once('error', () => resolve(1));
      this.#child.once('exit', (status) => resolve(status ?? 1));
    });
  }

  /** Asks the whole group to stop as Ctrl-C would, waits for it, and kills what is left after the grace period. */
  async stop() {
    const { pid } = this.#child;
    if (pid === undefined) return;
    if (windows) {
      await Promise.race([this.exited, sleep(GRACE, undefined, { ref: false })]);
      spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
      return;
    }
    signalGroup(pid, 'SIGINT');
    for (const end = Date.now() + GRACE; Date.now() < end && signalGroup(pid, 0);) await sleep(50);
    signalGroup(pid, 'SIGKILL');
  }
}

/**
 * @param {number} leader
 * @param {NodeJS.Signals | 0} signal 0 only asks
 * @returns {boolean} whether anyone is in the group
 */
function signalGroup(leader, signal) {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}
