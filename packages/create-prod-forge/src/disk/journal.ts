import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exists } from './moves.ts';
import type { Staging } from './staging.ts';

/** What is about to be moved out of a staging folder into a folder that exists: enough to take it back after a crash. */
export interface Journal {
  /** The target's path, relative to the folder that holds the staging folder. */
  readonly target: string;
  /** SHA-256 by path, for every file of the project. */
  readonly files: Readonly<Record<string, string>>;
}

export function digest(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Writes the journal to the disk itself: it must be there before the first move. */
export function writeJournal(staging: Staging, journal: Journal): void {
  writeFileSync(staging.journal, JSON.stringify(journal), { flag: 'wx', flush: true });
}

/** The journal of a staging folder; undefined where no move had begun. */
export function readJournal(staging: Staging): Journal | undefined {
  try {
    const journal: unknown = JSON.parse(readFileSync(staging.journal, 'utf8'));
    return isJournal(journal) ? journal : undefined;
  } catch {
    return undefined; // None, or the crash came while it was written.
  }
}

/** True where every entry had arrived: only the staging folder is left to remove. */
function isComplete(staging: Staging, target: string, journal: Journal): boolean {
  return entriesOf(journal).every(
    (entry) =>
      !exists(join(staging.tree, entry)) || isSameFile(join(staging.tree, entry), join(target, entry)),
  );
}

/**
 * The entries of a target that `takeBack` would take: those that a journal's run moved, without what someone has changed since;
 * none where the moves were finished.
 */
export function returnableEntries(staging: Staging, target: string, journal: Journal): readonly string[] {
  if (isComplete(staging, target, journal)) return [];
  return entriesOf(journal).filter((entry) => {
    const [home, moved] = [join(staging.tree, entry), join(target, entry)];
    return exists(home) ? isSameFile(home, moved) : isUnchanged(target, entry, journal);
  });
}

/** Takes moved entries back into the staging folder. */
export function takeBack(staging: Staging, target: string, journal: Journal): void {
  for (const entry of returnableEntries(staging, target, journal)) {
    const [home, moved] = [join(staging.tree, entry), join(target, entry)];
    if (exists(home)) unlinkSync(moved);
    else renameSync(moved, home);
  }
}

/** The files and folders at the top of the project. */
function entriesOf(journal: Journal): readonly string[] {
  return [...new Set(Object.keys(journal.files).map((path) => path.split('/', 1).join()))];
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => lstatSync(path, { throwIfNoEntry: false, bigint: true }));
  return a !== undefined && b !== undefined && a.isFile() && a.dev === b.dev && a.ino === b.ino;
}

/** True where a file, or a folder with everything in it, is as it was written. */
function isUnchanged(target: string, path: string, journal: Journal): boolean {
  const stats = lstatSync(join(target, path), { throwIfNoEntry: false });
  if (stats?.isDirectory()) {
    return readdirSync(join(target, path)).every((entry) => isUnchanged(target, `${path}/${entry}`, journal));
  }
  return stats?.isFile() === true && journal.files[path] === digest(readFileSync(join(target, path)));
}

function isJournal(value: unknown): value is Journal {
  if (typeof value !== 'object' || value === null || !('target' in value) || !('files' in value))
    return false;
  const { target, files } = value;
  return (
    typeof target === 'string' &&
    /^[^/\\]+$/.test(target) &&
    target !== '..' &&
    typeof files === 'object' &&
    files !== null
  );
}
