import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { InputError } from '../engine/errors.ts';
import { quote } from '../engine/quote.ts';
import { explain, systemCode } from './errors.ts';

/** What stands where the project should go; `occupied` lists the entries that are in the way, sorted. */
export type TargetState = 'absent' | 'empty' | 'git-only' | { readonly occupied: readonly string[] };

/** The states of a target that can be written without touching anything that is there. */
type FreeState = Exclude<TargetState, object>;

const SHOWN = 8;

/**
 * Looks at the target without changing anything.
 *
 * @throws InputError for a symbolic link or anything else that is no folder; DiskError for what can't be read
 */
export function inspectTarget(path: string): TargetState {
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) throw linkError(path);
    if (!stats.isDirectory()) throw fileError(path);
    const entries = readdirSync(path).sort();
    if (entries.length === 0) return 'empty';
    return entries.length === 1 && entries[0] === '.git'
      ? 'git-only'
      : { occupied: entries.filter(isNotGit) };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'absent';
    throw explain(error, path);
  }
}

/**
 * The state of a target that may be written.
 *
 * @throws InputError as `inspectTarget`, and for an occupied target, listing what is in the way
 */
export function requireFree(path: string): FreeState {
  const state = inspectTarget(path);
  if (typeof state === 'string') return state;
  const more = state.occupied.length - SHOWN;
  throw new InputError({
    code: 'target-occupied',
    what: `${quote(path)} is not empty.`,
    remedy: 'Choose another name, or move away what is in the way:',
    details: [...state.occupied.slice(0, SHOWN), ...(more > 0 ? [`and ${more} more`] : [])],
  });
}

function isNotGit(entry: string): boolean {
  return entry !== '.git';
}

function linkError(path: string): InputError {
  return new InputError({
    code: 'target-is-link',
    what: `${quote(path)} is a symbolic link.`,
    remedy: `Give the folder itself${destination(path)}.`,
  });
}

function destination(link: string): string {
  try {
    return `, ${quote(realpathSync(link))}`;
  } catch {
    return '; this link leads nowhere';
  }
}

function fileError(path: string): InputError {
  return new InputError({
    code: 'target-is-file',
    what: `${quote(path)} is a file.`,
    remedy: 'Choose another name, or move the file away.',
  });
}
