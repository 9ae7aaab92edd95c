// @ts-check

/**
 * Ends the process with one clear sentence where Node is too old: jest can load NestJS from 24.9 on.
 *
 * @param {string} what The command that needs it.
 */
export function requireNode24(what) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 9)) return;
  process.stderr.write(
    `${what} needs Node 24.9 or newer, and this is ${process.versions.node}. Install Node 24 (the file .nvmrc names it) and try again.\n`,
  );
  process.exit(1);
}
