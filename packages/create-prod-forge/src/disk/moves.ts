import { linkSync, lstatSync, readdirSync, renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from './errors.ts';

/** Moves every entry of `from` into the existing folder `to`; never overwrites. */
export function moveEntries(from: string, to: string): void {
  for (const entry of readdirSync(from).toSorted()) moveEntry(join(from, entry), join(to, entry));
}

/**
 * Moves a file or a folder to a place where nothing is.
 *
 * @throws the system's error, `EEXIST` or `ENOTEMPTY` where something is there
 */
function moveEntry(from: string, to: string): void {
  if (lstatSync(from).isDirectory()) return renameSync(from, to);
  try {
    linkSync(from, to); // A rename would replace a file that appeared a moment ago; a link refuses.
  } catch (error) {
    const hasLinks = !['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(systemCode(error) ?? '');
    if (hasLinks || exists(to)) throw error;
    return renameSync(from, to);
  }
  unlinkQuietly(from);
}

function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    return; // It goes with the staging folder.
  }
}

/** True where something is at this path, be it a link that leads nowhere. */
export function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
