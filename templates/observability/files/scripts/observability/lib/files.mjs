// @ts-check
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} folder */
export function filesIn(folder) {
  return readdirSync(folder)
    .toSorted()
    .map((name) => join(folder, name));
}
