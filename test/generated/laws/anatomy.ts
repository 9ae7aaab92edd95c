import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from '../support/world.ts';
import type { Law } from './law.ts';

/** Without feature.ts it is no feature folder, which stops the build. */
const REQUIRED = ['verify.ts', 'package.json', 'README.md'];
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

interface Manifest {
  readonly private?: boolean;
  readonly type?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Every feature folder has the same parts, and its versions are exact. */
export const anatomy: Law = ({ folders }) =>
  folders.flatMap((folder) => {
    const missing = REQUIRED.filter((part) => !existsSync(join(folder.directory, part)));
    return [
      ...missing.map((part) => `${folder.id}: has no ${part}`),
      ...(missing.includes('package.json') ? [] : manifestOffences(folder)),
      ...(missing.includes('README.md') ? [] : readmeOffences(folder)),
      ...versionsInFiles(folder),
    ];
  });

function manifestOffences({ id, directory }: Folder): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;
  const unknown = Object.keys(manifest).filter(
    (key) => /dependencies/i.test(key) && !/^(devD|d)ependencies$/.test(key),
  );
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  return [
    ...(manifest.private ? [] : [`${id}: package.json is not private`]),
    ...(manifest.type === 'module' ? [] : [`${id}: package.json has not the type "module"`]),
    ...unknown.map((key) => `${id}: package.json has ${key}, which nothing reads`),
    ...versions
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => `${id}: the version of ${name} is not exact: ${version}`),
  ];
}

function readmeOffences({ id, directory }: Folder): readonly string[] {
  const text = readFileSync(join(directory, 'README.md'), 'utf8');
  return /^# \S.*\n\n[^#\s]/.test(text) ? [] : [`${id}: README.md is not a heading with a text below it`];
}

/** What a feature puts into the output stands in its own manifest, where bots find it. */
function versionsInFiles({ id, files }: Folder): readonly string[] {
  return files
    .filter(({ path }) => /^package\.json(\.hbs)?$/.test(path))
    .filter(({ content }) => /"(devD|d|peerD|optionalD)ependencies"/.test(content.toString()))
    .map(({ path }) => `${id}: files/${path} lists dependencies`);
}
