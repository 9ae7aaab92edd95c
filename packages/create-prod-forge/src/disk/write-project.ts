import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
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
export async function writeProject(files: Iterable<ProjectFile>, target: string): Promise<WrittenProject> {
  try {
    const path = resolve(target);
    removeLeftovers(path);
    const state = requireFree(target);
    const removeParents = createParents(dirname(path));
    let staging: Staging | undefined;
    const cleanup = (): void => {
      if (staging) recover(staging);
      removeParents();
    };
    return await withCleanup(cleanup, async () => {
      staging = state === 'absent' ? createStaging(dirname(path), basename(path)) : stageNear(path);
      const written = await writeTree(files, staging.tree);
      if (state === 'absent') rename(staging, path);
      else moveIn(staging, path, written.digests);
      removeStaging(staging);
      return { files: written.digests.size, bytes: written.bytes };
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

/** A staging folder from which entries can be moved into an existing target: beside it, or in it where that can't be. */
function stageNear(target: string): Staging {
  try {
    const staging = createStaging(dirname(target), basename(target));
    try {
      assertMovable(staging, target);
      return staging;
    } catch (error) {
      removeStaging(staging);
      throw error;
    }
  } catch (error) {
    if (!['EXDEV', 'EACCES', 'EPERM', 'EROFS', 'EBUSY'].includes(systemCode(error) ?? '')) throw error;
    return createStaging(target, basename(target));
  }
}

/** Two folders of one device can still be two mounts; only a move tells. The name makes a leftover of it recognisable. */
function assertMovable(staging: Staging, target: string): void {
  const probe = join(target, basename(staging.folder));
  renameSync(staging.tree, probe);
  renameSync(probe, staging.tree);
}

function rename(staging: Staging, target: string): void {
  if (exists(target)) throw appearedError(target);
  renameSync(staging.tree, target);
}

function moveIn(staging: Staging, target: string, digests: ReadonlyMap<string, string>): void {
  writeJournal(staging, {
    target: relative(dirname(staging.folder), target) || '.',
    files: Object.fromEntries(digests),
  });
  moveEntries(staging.tree, target);
}
