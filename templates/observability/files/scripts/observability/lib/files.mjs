// @ts-check
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files of a folder that are not hidden.
 *
 * @param {string} folder
 */
export function filesIn(folder) {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .toSorted()
    .map((name) => join(folder, name));
}
