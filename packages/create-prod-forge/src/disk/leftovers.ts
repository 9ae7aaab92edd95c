import { basename, dirname, join } from 'node:path';
import { readJournal, returnableEntries, takeBack } from './journal.ts';
import { findLeftovers, removeStaging, type Staging } from './staging.ts';

/**
 * Removes what runs that were killed left in the target and beside it: their staging folders, and entries that had been moved
 * into an existing folder while others had not. What belongs to a run that still lives, or was changed since, stays.
 *
 * @param target absolute path of the project that is about to be written
 */
export function removeLeftovers(target: string): void {
  leftoversNear(target).forEach(recover);
}

/** The entries of a target that `removeLeftovers` would remove; changes nothing. */
export function leftoverEntries(target: string): ReadonlySet<string> {
  return new Set(leftoversNear(target).flatMap((staging) => entriesIn(target, staging)));
}

function entriesIn(target: string, staging: Staging): readonly string[] {
  const journal = readJournal(staging);
  const moved: readonly string[] =
    journal && targetOf(staging, journal.target) === target
      ? returnableEntries(staging, target, journal)
      : [];
  return dirname(staging.folder) === target ? moved.concat(basename(staging.folder)) : moved;
}

/** Takes back what was half moved, then removes the staging folder; keeps it where taking back fails. */
export function recover(staging: Staging): void {
  const journal = readJournal(staging);
  if (journal) {
    try {
      takeBack(staging, targetOf(staging, journal.target), journal);
    } catch {
      return; // The journal is still needed: a later run may have the permission.
    }
  }
  removeStaging(staging);
}

function leftoversNear(target: string): readonly Staging[] {
  return [dirname(target), target].flatMap(findLeftovers);
}

function targetOf(staging: Staging, path: string): string {
  return join(dirname(staging.folder), path);
}
