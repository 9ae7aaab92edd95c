import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentError, systemCode } from './errors.ts';

/**
 * Creates a folder with its parents.
 *
 * @throws InputError where a file is in the way
 * @returns removes the folders that this call created, as far as they are empty
 */
export function createParents(folder: string): () => void {
  const first = create(folder);
  return () => {
    if (first !== undefined) removeUpTo(folder, first);
  };
}

function create(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw systemCode(error) === 'EEXIST' ? parentError(folder) : error;
  }
}

function removeUpTo(folder: string, first: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return; // Someone else uses it by now.
  }
  if (folder !== first) removeUpTo(dirname(folder), first);
}
