// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's feature folders. */
export const TEMPLATES = fileURLToPath(new URL('../../../templates', import.meta.url));

/**
 * Finds the feature folders below `templates`: always-on ones first, then options, then pairs, each by name.
 *
 * @param {string} templates absolute path
 * @returns {{ id: string, directory: string, pair?: [string, string] }[]}
 */
export function discoverFeatures(templates) {
  const options = join(templates, 'options');
  const pairs = join(options, 'pairs');
  return [
    ...featureFolders(templates),
    ...featureFolders(options),
    ...featureFolders(pairs).map(({ id, directory }) => ({ id, directory, pair: halves(id) })),
  ];
}

/** @param {string} id */
function halves(id) {
  const [first, second, ...rest] = id.split('+');
  if (!first || !second || rest.length > 0) {
    throw new Error(`templates/options/pairs/${id}: the folder of a pair is called <feature>+<feature>`);
  }
  return /** @type {[string, string]} */ ([first, second]);
}

/** Folders that hold feature folders. */
const CONTAINERS = ['options', 'pairs'];

/** @param {string} parent */
function featureFolders(parent) {
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !CONTAINERS.includes(entry.name))
    .filter((entry) => isFeature(join(parent, entry.name)))
    .map((entry) => ({ id: entry.name, directory: join(parent, entry.name) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * A folder with nothing but a README keeps the place of a feature to come; any other without `feature.ts` has lost it.
 *
 * @param {string} directory
 */
function isFeature(directory) {
  const entries = readdirSync(directory);
  if (entries.includes('feature.ts')) return true;
  if (entries.every((entry) => entry === 'README.md')) return false;
  throw new Error(`${directory} has no feature.ts: write one, or remove the folder`);
}

/**
 * Reads a feature's overlays: `files/`, and `files.<kind>/` for what a contribution of that kind carries.
 *
 * @param {string} directory
 * @returns {{ path: string, kind?: string, content: Buffer }[]} sorted by path
 */
export function readOverlays(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^files(\.|$)/.test(entry.name))
    .flatMap((entry) => {
      const root = join(directory, entry.name);
      const kind = entry.name.split('.')[1];
      return listFiles(root).map((path) => ({
        path: path.split(sep).join(posix.sep),
        ...(kind ? { kind } : {}),
        content: readFileSync(join(root, path)),
      }));
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * @param {string} root
 * @returns {string[]} paths relative to root
 */
function listFiles(root) {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !path.split(sep).includes('node_modules'));
}
