/** How the scripts show their steps and end when one fails. */
import { root, run } from './tools.mjs';

/** A failure that its message explains to the user: no stack is shown. */
export class Failure extends Error {
  /**
   * @param {string} message one sentence what is wrong, one what to do
   * @param {number} [status] the exit status of the script
   */
  constructor(message, status = 1) {
    super(message);
    this.status = status;
  }
}

/** @param {string} title */
export function heading(title) {
  console.log(`\n=== ${title}\n`);
}

/**
 * Runs a command that must succeed.
 *
 * @param {string} title
 * @param {{ command: string, args: string[], shell?: boolean }} command
 * @param {string} [cwd] default: the repository
 * @throws {Failure} with the command's exit status
 */
export async function step(title, command, cwd = root) {
  heading(title);
  const status = await run(command, { cwd });
  if (status !== 0)
    throw new Failure(`${title}: failed. Mend what is said above and run the command again.`, status);
}

/**
 * Runs a script and turns what it returns or throws into the exit status.
 *
 * @param {() => Promise<number | void>} script
 */
export async function main(script) {
  try {
    process.exitCode = (await script()) ?? 0;
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = error instanceof Failure ? error.status : 1;
  }
}
