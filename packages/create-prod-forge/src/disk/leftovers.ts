import { dirname, join } from 'node:path';
import { isComplete, readJournal, takeBack } from './journal.ts';
import { findLeftovers, removeStaging, type Staging } from './staging.ts';

/**
 * Removes what runs that were killed left in the target and beside it: their staging folders, and entries that had been moved
 * into an existing folder while others had not. What belongs to a run that still lives, or was changed since, stays.
 *
 * @param target absolute path of the project that is about to be written
 */
export function removeLeftovers(target: string): void {
  for (const parent of [dirname(target), target]) findLeftovers(parent).forEach(recover);
}

/** Takes back what was half moved, then removes the staging folder; keeps it where taking back fails. */
export function recover(staging: Staging): void {
  const journal = readJournal(staging);
  if (journal) {
    const target = join(dirname(staging.folder), journal.target);
    try {
      if (!isComplete(staging, target, journal)) takeBack(staging, target, journal);
    } catch {
      return; // The journal is still needed: a later run may have the permission.
    }
  }
  removeStaging(staging);
}
