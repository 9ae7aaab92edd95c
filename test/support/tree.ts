import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What stands at each path below a folder: kind, mode, time of change and content, in one string. */
export type Snapshot = Readonly<Record<string, string>>;

/** Everything below a folder, `.git` included; two equal ones mean that nothing was touched. */
export function snapshot(folder: string): Snapshot {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(entries.map((path) => [path, describe(join(folder, path))]));
}

/** SHA-256 by path of the files below a folder, with `/` as separator; without what is below `except`. */
export function contents(folder: string, except: readonly string[] = []): Snapshot {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => lstatSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !except.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)))
    .sort();
  return Object.fromEntries(files.map((path) => [path, sha256(readFileSync(join(folder, path)))]));
}

export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Bytes by path of the files below a folder. */
export function sizes(folder: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.keys(contents(folder)).map((path) => [path, statSync(join(folder, path)).size]),
  );
}

function describe(path: string): string {
  const stats = lstatSync(path);
  const mode = (stats.mode & 0o7777).toString(8);
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (stats.isDirectory()) return `folder ${mode}`;
  return `file ${mode} ${stats.mtimeMs} ${sha256(readFileSync(path))}`;
}
