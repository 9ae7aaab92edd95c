import { spawnSync } from 'node:child_process';

/**
 * `describe` where what the tests need is there. Elsewhere they are skipped, which says why and fails where `CI=true`.
 *
 * @param missing what is not there, as a sentence; undefined where all is
 */
export function describeUnless(missing: string | undefined, name: string, tests: () => void): void {
  if (missing === undefined) return describe(name, tests);
  if (process.env['CI'] === 'true') {
    return describe(name, () => {
      it('has what it needs', () => {
        throw new Error(missing);
      });
    });
  }
  process.stderr.write(`skipped: ${name}: ${missing}\n`);
  describe.skip(name, tests);
}

/** A sentence where one of the commands is not on the PATH. */
export function missingCommand(...commands: readonly string[]): string | undefined {
  const missing = commands.filter((command) => spawnSync('which', [command]).status !== 0);
  return missing.length > 0 ? `${missing.join(' and ')} must be installed.` : undefined;
}

/** The prefix that makes a command run as root; undefined where we can't become root without a password. */
export function asRoot(): readonly string[] | undefined {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

export const ROOT_NEEDED = 'Only root, or a user with sudo without a password, can do this.';
