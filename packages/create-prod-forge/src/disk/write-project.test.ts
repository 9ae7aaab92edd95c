import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTree, temporaryFolder } from '../testing/folder.ts';
import { describeWhere } from '../testing/requirement.ts';
import type { ProjectFile } from './file.ts';
import { sampleProject, sampleTree } from './sample-project.ts';
import { inspectTarget } from './target.ts';
import { writeProject } from './write-project.ts';

const root = temporaryFolder();
const FILES = sampleProject();
const NO_MODES = process.platform === 'win32' ? 'Windows has no executable bit.' : undefined;

let count = 0;
let parent: string;
let target: string;

beforeEach(() => {
  parent = join(root, String(count++));
  target = join(parent, 'my-api');
  mkdirSync(parent);
});

test('writes to a target that is absent and says how much', async () => {
  const bytes = FILES.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  await expect(writeProject(FILES, target)).resolves.toEqual({ files: FILES.length, bytes });
  expect(readTree(target)).toEqual(sampleTree());
  expect(readdirSync(parent)).toEqual(['my-api']);
});

test('creates the parents of the target', async () => {
  await writeProject(FILES, join(parent, 'a/b/my-api'));
  expect(readTree(join(parent, 'a/b'))).toEqual(prefixed('my-api', sampleTree()));
});

test('writes a relative target below the current folder', async () => {
  const before = process.cwd();
  process.chdir(parent);
  try {
    await writeProject(FILES, 'apps/my-api');
  } finally {
    process.chdir(before);
  }
  expect(readTree(join(parent, 'apps/my-api'))).toEqual(sampleTree());
});

test('writes into the current folder, which stays the same folder', async () => {
  mkdirSync(target);
  const { ino } = statSync(target);
  const before = process.cwd();
  process.chdir(target);
  try {
    await writeProject(FILES, '.');
  } finally {
    process.chdir(before);
  }
  expect(statSync(target).ino).toBe(ino);
  expect(readTree(target)).toEqual(sampleTree());
  expect(readdirSync(parent)).toEqual(['my-api']);
});

test('writes beside a lone .git and leaves it alone', async () => {
  mkdirSync(join(target, '.git/refs'), { recursive: true });
  writeFileSync(join(target, '.git/HEAD'), 'ref: refs/heads/trunk\n');
  await writeProject(FILES, target);
  expect(readTree(target)).toEqual({
    ...sampleTree(),
    '.git/HEAD': 'ref: refs/heads/trunk\n',
    '.git/refs': 'folder',
  });
  expect(readdirSync(parent)).toEqual(['my-api']);
});

test('accepts the .git file of a work tree', async () => {
  mkdirSync(target);
  writeFileSync(join(target, '.git'), 'gitdir: /elsewhere\n');
  await writeProject(FILES, target);
  expect(readTree(target)).toEqual({ ...sampleTree(), '.git': 'gitdir: /elsewhere\n' });
});

describeWhere(NO_MODES, 'file modes', () => {
  test('make executable what should be', async () => {
    await writeProject(FILES, target);
    expect(statSync(join(target, 'bin/start')).mode & 0o111).not.toBe(0);
    expect(statSync(join(target, 'package.json')).mode & 0o111).toBe(0);
  });
});

describe('refuses, and changes nothing', () => {
  test.each<readonly [what: string, code: string, path: string, prepare: () => void]>([
    ['a target with a file in it', 'target-occupied', 'my-api', () => fill('my-api/notes.txt')],
    [
      'a target with .git and more in it',
      'target-occupied',
      'my-api',
      () => fill('my-api/.git/HEAD', 'my-api/a/b'),
    ],
    ['a file', 'target-is-file', 'my-api', () => fill('my-api')],
    ['a target whose parent is a file', 'parent-not-a-folder', 'file/my-api', () => fill('file')],
    ['a target whose grandparent is a file', 'parent-not-a-folder', 'file/deep/my-api', () => fill('file')],
    ['a link to a folder', 'target-is-link', 'my-api', () => link('elsewhere', 'my-api')],
    [
      'a link that leads nowhere',
      'target-is-link',
      'my-api',
      () => symlinkSync(join(parent, 'nowhere'), target),
    ],
    ['a name that no file system takes', 'path-too-long', 'x'.repeat(300), () => fill('neighbour')],
  ])('%s (%s)', async (_what, code, path, prepare) => {
    prepare();
    const before = readTree(parent);
    await expect(writeProject(FILES, join(parent, path))).rejects.toMatchObject({
      name: 'InputError',
      code,
      exitStatus: 2,
    });
    expect(readTree(parent)).toEqual(before);
  });

  test('a target below a link that leads nowhere', async () => {
    symlinkSync(join(parent, 'nowhere'), join(parent, 'link'));
    await expect(writeProject(FILES, join(parent, 'link/my-api'))).rejects.toMatchObject({
      name: 'InputError',
    });
    expect(readdirSync(parent)).toEqual(['link']);
  });

  test('an occupied target, and lists what is in the way', async () => {
    fill('my-api/src/index.ts', 'my-api/.git/HEAD', 'my-api/notes.txt');
    await expect(writeProject(FILES, target)).rejects.toMatchObject({ details: ['notes.txt', 'src'] });
    expect(inspectTarget(target)).toEqual({ occupied: ['notes.txt', 'src'] });
  });

  test('a target with many entries, and lists some of them', async () => {
    fill(...Array.from({ length: 20 }, (_, index) => `my-api/${index + 10}`));
    await expect(writeProject(FILES, target)).rejects.toMatchObject({
      details: ['10', '11', '12', '13', '14', '15', '16', '17', 'and 12 more'],
    });
  });
});

describe('undoes everything', () => {
  test('when the files run out with an error, parents included', async () => {
    function* failing(): Generator<ProjectFile> {
      yield* FILES;
      throw new Error('The template is broken.');
    }
    await expect(writeProject(failing(), join(parent, 'a/b/my-api'))).rejects.toThrow(
      'The template is broken.',
    );
    expect(readdirSync(parent)).toEqual([]);
  });

  test.each([
    '../outside',
    '/etc/outside',
    'a/../../outside',
    'a//b',
    '',
    '.',
    'C:/outside',
    'a\\b',
    'nul\0byte',
    'trailing.',
    'trailing ',
    'a:b',
  ])('when a file has the path %j', async (path) => {
    await expect(writeProject([...FILES, { path, content: '' }], target)).rejects.toThrow(RangeError);
    expect(readdirSync(parent)).toEqual([]);
  });

  test('when two files have one path', async () => {
    await expect(writeProject([...FILES, { path: 'package.json', content: '' }], target)).rejects.toThrow(
      /package\.json|at the same time/,
    );
    expect(readdirSync(parent)).toEqual([]);
  });

  test('when something appears at the target meanwhile, which stays', async () => {
    function* racing(): Generator<ProjectFile> {
      yield* FILES;
      mkdirSync(target);
      writeFileSync(join(target, 'theirs'), 'theirs');
    }
    await expect(writeProject(racing(), target)).rejects.toMatchObject({ code: 'target-appeared' });
    expect(readTree(parent)).toEqual({ 'my-api/theirs': 'theirs' });
  });

  test('when a file of the project appears in an existing target meanwhile, which stays', async () => {
    mkdirSync(join(target, '.git'), { recursive: true });
    function* racing(): Generator<ProjectFile> {
      yield* FILES;
      writeFileSync(join(target, 'package.json'), 'theirs');
    }
    await expect(writeProject(racing(), target)).rejects.toMatchObject({ code: 'target-appeared' });
    expect(readTree(parent)).toEqual({ 'my-api/.git': 'folder', 'my-api/package.json': 'theirs' });
  });

  test('when a folder of the project appears in an existing target meanwhile, which stays', async () => {
    mkdirSync(target);
    function* racing(): Generator<ProjectFile> {
      yield* FILES;
      mkdirSync(join(target, 'src'));
      writeFileSync(join(target, 'src/theirs'), 'theirs');
    }
    await expect(writeProject(racing(), target)).rejects.toMatchObject({ code: 'target-appeared' });
    expect(readTree(parent)).toEqual({ 'my-api/src/theirs': 'theirs' });
  });
});

test('two runs into one target at the same time: one wins, the other says so', async () => {
  mkdirSync(target);
  for (const path of [target, join(parent, 'absent')]) {
    const outcomes = await Promise.allSettled([
      writeProject(sampleProject(300), path),
      writeProject(sampleProject(300), path),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: expect.stringMatching(/^target-(appeared|occupied)$/) as string },
    });
    expect(readTree(path)).toEqual(sampleTree(300));
  }
  expect(existsSync(join(parent, 'absent'))).toBe(true);
  expect(readdirSync(parent).toSorted()).toEqual(['absent', 'my-api']);
});

/** Creates files below the parent. */
function fill(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(parent, path)), { recursive: true });
    writeFileSync(join(parent, path), 'mine');
  }
}

function link(folder: string, name: string): void {
  mkdirSync(join(parent, folder));
  symlinkSync(join(parent, folder), join(parent, name), 'junction');
}

function prefixed(folder: string, tree: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree).map(([path, content]) => [`${folder}/${path}`, content]));
}

describe('with force', () => {
  it('writes beside entries of other names', async () => {
    mkdirSync(target);
    writeFileSync(join(target, 'notes.txt'), 'mine');
    await writeProject(FILES, target, { force: true });
    expect(readTree(target)).toEqual({ ...sampleTree(), 'notes.txt': 'mine' });
    expect(readdirSync(parent)).toEqual(['my-api']);
  });

  it('refuses an entry of the same name, whatever its case, and changes nothing', async () => {
    mkdirSync(target);
    writeFileSync(join(target, 'PACKAGE.json'), 'mine');
    await expect(writeProject(FILES, target, { force: true })).rejects.toMatchObject({
      code: 'target-occupied',
      details: ['PACKAGE.json'],
    });
    expect(readTree(target)).toEqual({ 'PACKAGE.json': 'mine' });
  });
});
