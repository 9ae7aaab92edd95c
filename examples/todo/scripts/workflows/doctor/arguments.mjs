// @ts-check
import { parseArgs } from 'node:util';

export const HELP = `doctor [--repo <owner/name>] [--json]

Asks GitHub, through its CLI gh, which protections this repository lacks that its workflows rely on, and says how to switch them
on. Changes nothing. Administrators are shown all of it.

  --repo <owner/name>   the repository; without it, the one that gh takes this folder for
  --json                print the result as JSON

Exit status:
  0  all is there that can be had for this repository
  1  something is missing
  2  GitHub could not be asked, or did not show everything; or a wrong command line`;

/** What was typed is wrong. */
export class Usage extends Error {}

/**
 * @param {string[]} words
 * @returns {{ repository: string | undefined, json: boolean, help: boolean }}
 */
export function readArguments(words) {
  // Some package managers pass the `--` on that separates the arguments.
  const args = words.filter((word) => word !== '--');
  const { repo, json = false, help = false } = parse(args);
  if (repo !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(repo))
    throw new Usage(`"${repo}" names no repository. Write --repo owner/name.`);
  return { repository: repo, json, help };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: { repo: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    throw new Usage(`${/** @type {Error} */ (error).message}\nSee doctor --help.`);
  }
}
