import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../engine/errors.ts';
import { quote } from '../engine/quote.ts';
import { explain, systemCode } from './errors.ts';
import { leftoverEntries } from './leftovers.ts';

/** What stands where the project should go; `occupied` lists the entries that are in the way, sorted. */
export type TargetState = 'absent' | 'empty' | 'git-only' | { readonly occupied: readonly string[] };

/** The states of a target that can be written without touching anything that is there; `shared` has other entries than ours. */
type FreeState = Exclude<TargetState, object> | 'shared';

const SHOWN = 8;

/**
 * Looks at the target without changing anything. What the next `writeProject` removes, the leftovers of a run that was killed,
 * does not count.
 *
 * @throws InputError for a symbolic link or anything else that is no folder; DiskError for what can't be read
 */
export function inspectTarget(path: string): TargetState {
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) throw linkError(path);
    if (!stats.isDirectory()) throw fileError(path);
    const leftovers = leftoverEntries(resolve(path));
    const entries = readdirSync(path).filter((entry) => !leftovers.has(entry));
    if (entries.length === 0) return 'empty';
    const others = entries.filter((entry) => entry !== '.git').toSorted();
    return others.length === 0 ? 'git-only' : { occupied: others };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'absent';
    throw explain(error, path);
  }
}

/**
 * The state of a target that may be written.
 *
 * @param paths the project's files, where it may stand beside other entries; without them any entry is in the way
 * @throws InputError as `inspectTarget`, and for an occupied target, listing what is in the way
 */
export function requireFree(path: string, paths?: readonly string[]): FreeState {
  const state = inspectTarget(path);
  if (typeof state === 'string') return state;
  const inTheWay = paths ? collisions(state.occupied, paths) : state.occupied;
  if (inTheWay.length === 0) return 'shared';
  const more = inTheWay.length - SHOWN;
  throw new InputError({
    code: 'target-occupied',
    what: paths ? `${quote(path)} has entries that the project brings too.` : `${quote(path)} is not empty.`,
    remedy: 'Choose another name, or move away what is in the way:',
    details: [...inTheWay.slice(0, SHOWN), ...(more > 0 ? [`and ${more} more`] : [])],
  });
}

/** Entries with the name of a file or folder at the top of the project; case does not count, as on macOS and Windows. */
function collisions(entries: readonly string[], paths: readonly string[]): readonly string[] {
  const ours = new Set(paths.map((path) => path.split('/', 1).join().toLowerCase()));
  return entries.filter((entry) => ours.has(entry.toLowerCase()));
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
