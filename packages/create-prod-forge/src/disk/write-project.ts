import { cpSync, lstatSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { withCleanup } from '../terminal/interrupt.ts';
import { appearedError, explain, systemCode } from './errors.ts';
import { assertPortable, type ProjectFile } from './file.ts';
import { digest, writeJournal } from './journal.ts';
import { recover, removeLeftovers } from './leftovers.ts';
import { exists, moveEntries } from './moves.ts';
import { createParents } from './parents.ts';
import { createStaging, removeStaging, type Staging } from './staging.ts';
import { requireFree } from './target.ts';

export interface WrittenProject {
  readonly files: number;
  readonly bytes: number;
}

export interface WriteOptions {
  /** Allows a target with other entries, as long as none has the name of one of ours. */
  readonly force?: boolean;
}

/** So often the event loop gets a turn, in which a signal can end the run. */
const FILES_PER_TURN = 64;

/**
 * Writes a project to a folder that is absent, empty or holds only `.git`. All files are written to a temporary folder first;
 * then it is renamed, or, where the target exists, its entries are moved. After a failure or an interruption the target is as
 * it was; after SIGKILL the next run makes it so.
 *
 * @param target the folder, absolute or relative to the current one; parents are created
 * @throws InputError for a target that is occupied, no folder, or not possible; DiskError for a full or protected disk
 */
export async function writeProject(
  files: Iterable<ProjectFile>,
  target: string,
  { force = false }: WriteOptions = {},
): Promise<WrittenProject> {
  try {
    const path = resolve(target);
    removeLeftovers(path);
    const project = force ? [...files] : files;
    const state = requireFree(target, force ? [...project].map(({ path: file }) => file) : undefined);
    const removeParents = createParents(dirname(path));
    const stagings: Staging[] = [];
    const stage = (parent: string): Staging => {
      const staging = createStaging(parent, basename(path));
      stagings.push(staging);
      return staging;
    };
    const cleanup = (): void => {
      stagings.forEach(recover);
      removeParents();
    };
    return await withCleanup(cleanup, async () => {
      const staging = state === 'absent' ? stage(dirname(path)) : stageNear(path, stage);
      const { bytes, digests } = await writeTree(project, staging.tree);
      if (state === 'absent') rename(staging, path);
      else moveIn(staging, path, digests, stage);
      stagings.forEach(removeStaging);
      return { files: digests.size, bytes };
    });
  } catch (error) {
    throw explain(error, target);
  }
}

interface WrittenTree {
  readonly bytes: number;
  readonly digests: ReadonlyMap<string, string>;
}

async function writeTree(files: Iterable<ProjectFile>, folder: string): Promise<WrittenTree> {
  const folders = new Set([folder]);
  const digests = new Map<string, string>();
  let bytes = 0;
  for (const { path, content, executable } of files) {
    assertPortable(path);
    const file = join(folder, path);
    if (!folders.has(dirname(file))) {
      mkdirSync(dirname(file), { recursive: true });
      folders.add(dirname(file));
    }
    writeFileSync(file, content, { flag: 'wx', mode: executable ? 0o777 : 0o666 });
    digests.set(path, digest(content));
    bytes += Buffer.byteLength(content);
    if (digests.size % FILES_PER_TURN === 0) await setImmediate();
  }
  return { bytes, digests };
}

type Stage = (parent: string) => Staging;

/** A staging folder beside an existing target, or in it where there is no writing beside it or another device. */
function stageNear(target: string, stage: Stage): Staging {
  const parent = dirname(target);
  if (lstatSync(parent).dev !== lstatSync(target).dev) return stage(target);
  try {
    return stage(parent);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error) ?? '')) throw error;
    return stage(target);
  }
}

function rename(staging: Staging, target: string): void {
  if (exists(target)) throw appearedError(target);
  renameSync(staging.tree, target);
}

function moveIn(staging: Staging, target: string, digests: ReadonlyMap<string, string>, stage: Stage): void {
  writeJournal(staging, {
    target: relative(dirname(staging.folder), target) || '.',
    files: Object.fromEntries(digests),
  });
  try {
    moveEntries(staging.tree, target);
  } catch (error) {
    if (systemCode(error) !== 'EXDEV' || dirname(staging.folder) === target) throw error;
    // One device can be mounted twice, which only a move tells.
    const inside = stage(target);
    cpSync(staging.tree, inside.tree, { recursive: true });
    moveIn(inside, target, digests, stage);
  }
}
