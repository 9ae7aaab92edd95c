import { createHash, randomBytes } from 'node:crypto';
import { closeSync, lstatSync, mkdirSync, openSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemCode } from './errors.ts';

const MARKER = '.prod-forge-staging';
const NAME = /^\.[\w-]{0,60}\.prod-forge-([0-9a-f]{8})-(\d+)-[0-9a-f]{12}\.tmp$/;

/** After this long a run on another machine is taken for dead; its process can't be asked. */
const FOREIGN_RUN_MS = 60 * 60 * 1000;

/** The folders that this process is writing right now. */
const active = new Set<string>();

/**
 * A temporary folder in which a project is completed before it is moved to its place. Its name says which process of which
 * machine owns it and a marker file says that it is ours, so that another run can tell a leftover from a folder in use.
 */
export interface Staging {
  readonly folder: string;
  /** The project, while it is not in its place. */
  readonly tree: string;
  /** What a run after a crash must know to take back moves that were half done; absent unless there are such moves. */
  readonly journal: string;
}

/** Creates a staging folder in `parent`, with an empty tree. */
export function createStaging(parent: string, projectName: string): Staging {
  const label = projectName.slice(0, 60).replaceAll(/[^\w-]/g, '_');
  const name = `.${label}.prod-forge-${machine()}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  const staging = open(parent, name);
  active.add(staging.folder);
  try {
    mkdirSync(staging.folder, { mode: 0o700 });
    closeSync(openSync(join(staging.folder, MARKER), 'wx'));
    mkdirSync(staging.tree);
  } catch (error) {
    removeStaging(staging);
    throw error;
  }
  return staging;
}

/**
 * Removes a staging folder with what is in it: the journal first, which makes finished moves final, and the marker last. What
 * can't be removed is left to the next run.
 */
export function removeStaging(staging: Staging): void {
  try {
    for (const path of [staging.journal, staging.tree, join(staging.folder, MARKER)]) {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    }
    rmdirSync(staging.folder);
  } catch {
    return;
  } finally {
    active.delete(staging.folder);
  }
}

/** The staging folders in `parent` whose run is dead; none where the folder can't be read. */
export function findLeftovers(parent: string): readonly Staging[] {
  return list(parent)
    .filter((name) => isLeftover(parent, name))
    .map((name) => open(parent, name));
}

function open(parent: string, name: string): Staging {
  const folder = join(parent, name);
  return { folder, tree: join(folder, 'tree'), journal: join(folder, 'journal.json') };
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isLeftover(parent: string, name: string): boolean {
  const match = NAME.exec(name);
  if (!match || active.has(join(parent, name))) return false;
  try {
    const stats = lstatSync(join(parent, name));
    const isOurs =
      stats.isDirectory() && stats.uid === (process.getuid?.() ?? stats.uid) && hasMarker(join(parent, name));
    const isDead =
      match[1] === machine() ? !isAlive(Number(match[2])) : Date.now() - stats.mtimeMs > FOREIGN_RUN_MS;
    return isOurs && isDead;
  } catch {
    return false; // Another run has just removed it.
  }
}

/** A run that was killed before it wrote the marker left nothing at all. */
function hasMarker(folder: string): boolean {
  const entries = readdirSync(folder);
  return entries.length === 0 || entries.includes(MARKER);
}

/** An earlier process with our id is dead, too: containers number their processes alike. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}
