import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnvironment } from './cli.ts';

export interface TerminalOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
  /** How many lines an earlier command has left, before its last one. */
  readonly above?: number;
}

/** Longer than anything on the screen may take to appear. */
const LIMIT_MS = 30_000;
const POLL_MS = 15;

/** Reports how the command ended and keeps the terminal, with its modes, to be looked at. */
const SHELL =
  'yes | head -n "$ABOVE"; echo "the last line of an earlier command"; trap : INT; "$@"; printf "\\n[exit status %s]\\n" "$?"; exec sleep 600';

/** A command in a pseudo-terminal of tmux: what tests read is the screen, as a person would see it. */
export class Terminal {
  readonly #socket = `prod-forge-test-${randomUUID()}`;

  constructor(
    command: readonly string[],
    { cwd, env = {}, columns = 110, rows = 60, above = 0 }: TerminalOptions,
  ) {
    const size = ['-x', String(columns), '-y', String(rows)];
    const environment = {
      ...cleanEnvironment(),
      TERM: 'xterm-256color',
      TMUX: undefined,
      ABOVE: String(above),
    };
    // Not for tmux itself, which has a TERM of its own.
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const shell = ['/bin/sh', '-c', SHELL, 'sh', 'env', ...variables, ...command];
    const start = ['-f', '/dev/null', 'new-session', '-d', ...size, '-c', cwd, ...shell];
    execFileSync('tmux', ['-L', this.#socket, ...start], { env: environment });
    this.#tmux('set-option', '-s', 'escape-time', '0');
  }

  /** What is on the screen and has scrolled off it, without blank lines at its end. */
  screen(): string {
    return this.#tmux('capture-pane', '-p', '-J', '-S', '-').trimEnd();
  }

  /** As {@link screen}, with the escape sequences of its colours. */
  coloured(): string {
    return this.#tmux('capture-pane', '-p', '-e', '-S', '-');
  }

  isCursorVisible(): boolean {
    return this.#tmux('display-message', '-p', '#{cursor_flag}').trim() === '1';
  }

  /** Sends keys by tmux's names, e.g. `Enter`, `Down`, `C-c`. */
  press(...keys: readonly string[]): void {
    for (const key of keys) this.#tmux('send-keys', key);
  }

  type(text: string): void {
    this.#tmux('send-keys', '-l', text);
  }

  /** Waits until the screen matches; fails with the screen where it never does. */
  async waitFor(pattern: RegExp): Promise<string> {
    const end = Date.now() + LIMIT_MS;
    for (;;) {
      const screen = this.screen();
      if (pattern.test(screen)) return screen;
      if (Date.now() > end) throw new Error(`${pattern} never appeared; the screen was:\n${screen}`);
      await sleep(POLL_MS);
    }
  }

  /** Waits for the command's end and returns its exit status. */
  async exitStatus(): Promise<number> {
    const screen = await this.waitFor(/\[exit status \d+\]/);
    return Number(/\[exit status (\d+)\]/.exec(screen)?.[1]);
  }

  close(): void {
    this.#tmux('kill-server');
  }

  #tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' });
  }
}
