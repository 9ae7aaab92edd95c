import { relative } from 'node:path';
import type { Finished } from './process.ts';

/** How a task ended; a failed one leaves the project as it is and says how to go on. */
export type TaskResult =
  | {
      readonly ok: true;
      /** Why nothing was done, or what else the user should know. */
      readonly note?: string;
    }
  | {
      readonly ok: false;
      /** What went wrong, a clause: `npm was not found`. */
      readonly note: string;
      /** The last lines of output. */
      readonly output: readonly string[];
      /** The commands, one a line, that finish the task from where the user is. */
      readonly resume: readonly string[];
    };

const SHOWN = 20;

/**
 * The result of a task whose command failed.
 *
 * @param command as the user would type it
 * @param around the commands to run before it and after it
 */
export function failure(
  directory: string,
  command: string,
  finished: Finished,
  {
    before = [],
    after = [],
  }: { readonly before?: readonly string[]; readonly after?: readonly string[] } = {},
): TaskResult {
  const [program = command] = command.split(' ');
  return {
    ok: false,
    note: finished.missing ? `${program} was not found` : `\`${command}\` failed`,
    output: finished.output.slice(-SHOWN),
    resume: [...enter(directory), ...before, command, ...after],
  };
}

/** `cd my-api`; nothing where the user is there already. */
function enter(directory: string): readonly string[] {
  const path = relative(process.cwd(), directory);
  if (path === '') return [];
  return [`cd ${/^[\w./\\:@+-]+$/.test(path) ? path : `"${path}"`}`];
}
