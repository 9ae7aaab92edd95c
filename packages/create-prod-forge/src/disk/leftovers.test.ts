import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { readTree, temporaryFolder } from '../testing/folder.ts';
import { digest } from './journal.ts';
import { removeLeftovers } from './leftovers.ts';
import { inspectTarget } from './target.ts';

const HERE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const ELSEWHERE = '00000000';
const FILES = { 'README.md': 'ours', 'src/index.ts': 'ours', 'src/deep/a.ts': 'ours' };
const DEAD = spawnSync(process.execPath, ['--version']).pid;

const root = temporaryFolder();
let count = 0;
let parent: string;
let target: string;

beforeEach(() => {
  parent = join(root, String(count++));
  target = join(parent, 'my-api');
  mkdirSync(parent);
});

test('removes what a dead process of this machine left, beside the target and in it', () => {
  leftover(parent, HERE, DEAD);
  leftover(target, HERE, DEAD);
  expect(inspectTarget(target)).toBe('empty');
  removeLeftovers(target);
  expect(readTree(parent)).toEqual({ 'my-api': 'folder' });
});

test('removes a folder whose run died before it was marked, and one of an earlier process with our own id', () => {
  mkdirSync(join(parent, name(HERE, DEAD)));
  leftover(parent, HERE, process.pid);
  removeLeftovers(target);
  expect(readdirSync(parent)).toEqual([]);
});

test('leaves what a living process is writing, which counts as in the way', () => {
  leftover(target, HERE, process.ppid);
  const before = readTree(parent);
  removeLeftovers(target);
  expect(readTree(parent)).toEqual(before);
  expect(inspectTarget(target)).toEqual({ occupied: [name(HERE, process.ppid)] });
});

test("leaves another machine's run of this hour, and removes an older one", () => {
  const young = leftover(parent, ELSEWHERE, DEAD);
  removeLeftovers(target);
  expect(readdirSync(parent)).toHaveLength(1);
  const yesterday = Date.now() / 1000 - 86_400;
  utimesSync(young, yesterday, yesterday);
  removeLeftovers(target);
  expect(readdirSync(parent)).toEqual([]);
});

test('leaves what only looks like ours', () => {
  const unmarked = join(parent, name(HERE, DEAD));
  mkdirSync(unmarked);
  writeFileSync(join(unmarked, 'theirs'), 'theirs');
  writeFileSync(join(parent, `.file${name(HERE, DEAD)}`), 'theirs');
  mkdirSync(join(parent, '.my-api.tmp/tree'), { recursive: true });
  const before = readTree(parent);
  removeLeftovers(target);
  expect(readTree(parent)).toEqual(before);
});

describe('after a run that died between its moves', () => {
  test('takes back what had arrived', () => {
    halfMoved(parent, 'my-api', ['src']);
    expect(inspectTarget(target)).toBe('empty');
    removeLeftovers(target);
    expect(readTree(parent)).toEqual({ 'my-api': 'folder' });
  });

  test('does so from a staging folder in the target', () => {
    halfMoved(target, '.', ['README.md']);
    expect(inspectTarget(target)).toBe('empty');
    removeLeftovers(target);
    expect(readTree(parent)).toEqual({ 'my-api': 'folder' });
  });

  test.each([
    ['changed', { 'src/index.ts': 'theirs' }],
    ['added to', { 'src/new.ts': 'theirs' }],
  ])('leaves an entry that was %s, which counts as in the way', (_how, change) => {
    halfMoved(parent, 'my-api', ['src']);
    write(target, change);
    expect(inspectTarget(target)).toEqual({ occupied: ['src'] });
    removeLeftovers(target);
    expect(readTree(target)).toEqual({ ...moved(['src']), ...change });
    expect(readdirSync(parent)).toEqual(['my-api']);
  });

  test('leaves what stands where an entry had not arrived', () => {
    halfMoved(parent, 'my-api', ['src']);
    write(target, { 'README.md': 'theirs' });
    removeLeftovers(target);
    expect(readTree(target)).toEqual({ 'README.md': 'theirs' });
  });

  test('keeps a target in which everything had arrived', () => {
    halfMoved(parent, 'my-api', ['src', 'README.md']);
    expect(inspectTarget(target)).toEqual({ occupied: ['README.md', 'src'] });
    removeLeftovers(target);
    expect(readTree(parent)).toEqual(prefixed('my-api', FILES));
  });

  test.each(['..', '../..', '/tmp', 'a/b', ''])('believes no journal that points to %j', (path) => {
    halfMoved(join(parent, 'inner'), path, []);
    write(parent, FILES);
    removeLeftovers(join(parent, 'inner/my-api'));
    expect(readTree(parent)).toEqual({ ...FILES, inner: 'folder' });
  });

  test('believes no journal that was cut off', () => {
    const folder = halfMoved(parent, 'my-api', []);
    writeFileSync(join(folder, 'journal.json'), '{"target":"my-a');
    removeLeftovers(target);
    expect(readdirSync(parent)).toEqual([]);
  });
});

function name(machine: string, pid: number): string {
  return `.my-api.prod-forge-${machine}-${pid}-0123456789ab.tmp`;
}

/** A staging folder as a killed run leaves it. */
function leftover(folder: string, machine: string, pid: number): string {
  const staging = join(folder, name(machine, pid));
  write(staging, { '.prod-forge-staging': '' });
  write(join(staging, 'tree'), FILES);
  return staging;
}

/** The same with a journal, after the given entries were moved to the target. */
function halfMoved(folder: string, path: string, entries: readonly string[]): string {
  const staging = leftover(folder, HERE, DEAD);
  const files = Object.fromEntries(Object.entries(FILES).map(([file, content]) => [file, digest(content)]));
  writeFileSync(join(staging, 'journal.json'), JSON.stringify({ target: path, files }));
  if (entries.length > 0) mkdirSync(join(folder, path), { recursive: true });
  for (const entry of entries) renameSync(join(staging, 'tree', entry), join(folder, path, entry));
  return staging;
}

function moved(entries: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(FILES).filter(([path]) => entries.includes(path.split('/')[0] ?? '')),
  );
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function prefixed(folder: string, tree: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree).map(([path, content]) => [`${folder}/${path}`, content]));
}
