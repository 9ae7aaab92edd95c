import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleChild, runChild } from '../testing/child.ts';
import { readTree, temporaryFolder } from '../testing/folder.ts';
import { describeWhere } from '../testing/requirement.ts';
import { sampleProject, sampleTree } from './sample-project.ts';
import { writeProject } from './write-project.ts';
import type { WriteReport } from './writer.child.ts';

const NOBODY = 65_534;
const mounts: string[] = [];
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

// Before the folder is removed: hooks run in the order in which they are declared.
afterAll(() => mounts.toReversed().forEach((folder) => execFileSync('umount', [folder])));

const root = temporaryFolder();

describeWhere(whyNoMounts(), 'a disk of its own', () => {
  test.each(['absent', 'empty', 'git-only'])(
    'that is full leaves a target that is %s as it was',
    async (state) => {
      const disk = mount('tmpfs', ['size=256k']);
      const target = prepare(disk, state);
      const before = readTree(disk);
      await expect(writeProject(sampleProject(400), target)).rejects.toMatchObject({
        name: 'DiskError',
        code: 'disk-full',
        exitStatus: 1,
      });
      expect(readTree(disk)).toEqual(before);
    },
  );

  test('that has no room for more files leaves the target absent', async () => {
    const disk = mount('tmpfs', ['nr_inodes=60']);
    await expect(writeProject(sampleProject(400), join(disk, 'a/b/my-api'))).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(readdirSync(disk)).toEqual([]);
  });

  test('that has just enough room takes the project', async () => {
    const disk = mount('tmpfs', ['size=4m']);
    await writeProject(sampleProject(400), join(disk, 'my-api'));
    expect(readTree(disk)).toEqual(prefixed(sampleTree(400)));
  });

  test.each(['absent', 'empty', 'git-only'])(
    'that is read-only leaves a target that is %s as it was',
    async (state) => {
      const disk = mount('tmpfs', ['size=256k']);
      const target = prepare(disk, state);
      const before = readTree(disk);
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      await expect(writeProject(sampleProject(), target)).rejects.toMatchObject({ code: 'read-only-disk' });
      expect(readTree(disk)).toEqual(before);
    },
  );

  test('that is mounted at the target takes the project', async () => {
    const disk = mount('tmpfs', ['size=4m']);
    await writeProject(sampleProject(), disk);
    expect(readTree(disk)).toEqual(sampleTree());
    expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('whose folder is mounted once more at the target takes the project', async () => {
    const source = join(root, 'bind-source');
    mkdirSync(source);
    const target = mount(source, ['bind']);
    await writeProject(sampleProject(), target);
    expect(readTree(source)).toEqual(sampleTree());
    expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('that is read-only around a target that is not takes the project', async () => {
    const disk = mount('tmpfs', ['size=1m']);
    const target = join(disk, 'my-api');
    mkdirSync(target);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', target]);
    mounts.push(target);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    await writeProject(sampleProject(), target);
    expect(readTree(target)).toEqual(sampleTree());
  });
});

describeWhere(
  isRoot ? undefined : 'it takes root on Linux to become another user',
  'without permission',
  () => {
    let bundle: string;

    beforeAll(async () => {
      bundle = await bundleChild(join(import.meta.dirname, 'writer.child.ts'), root);
      chmodSync(root, 0o755);
    }, 60_000);

    const writeAsNobody = async (target: string): Promise<WriteReport | undefined> => {
      const { stdout } = await runChild(bundle, { orders: [{ target }], uid: NOBODY });
      return (JSON.parse(stdout) as readonly WriteReport[])[0];
    };

    test.each(['absent', 'empty', 'git-only'])('a target that is %s stays as it was', async (state) => {
      const folder = join(root, `theirs-${state}`);
      mkdirSync(folder);
      const target = prepare(folder, state);
      const before = readTree(folder);
      await expect(writeAsNobody(target)).resolves.toMatchObject({
        failure: { code: 'not-writable', exitStatus: 1 },
      });
      expect(readTree(folder)).toEqual(before);
    });

    test('to read the target, it is refused', async () => {
      const folder = join(root, 'unreadable');
      mkdirSync(join(folder, 'my-api'), { recursive: true });
      chmodSync(folder, 0o700);
      await expect(writeAsNobody(join(folder, 'my-api'))).resolves.toMatchObject({
        failure: { code: 'not-writable' },
      });
    });

    test('to write beside the target, it is written all the same', async () => {
      const folder = join(root, 'only-target');
      const target = join(folder, 'my-api');
      mkdirSync(target, { recursive: true });
      chownSync(target, NOBODY, NOBODY);
      await expect(writeAsNobody(target)).resolves.toMatchObject({ files: sampleProject().length });
      expect(readTree(folder)).toEqual(prefixed(sampleTree()));
    });

    test('to remove what another user left, the leftover stays and the project is written', async () => {
      const folder = join(root, 'shared');
      const leftover = '.x.prod-forge-00000000-1-000000000000.tmp';
      mkdirSync(join(folder, leftover), { recursive: true });
      chmodSync(folder, 0o1777);
      await expect(writeAsNobody(join(folder, 'my-api'))).resolves.toMatchObject({
        files: sampleProject().length,
      });
      expect(readdirSync(folder).toSorted()).toEqual([leftover, 'my-api']);
    });
  },
);

/** Mounts a file system at a new folder below the root. */
function mount(what: string, options: readonly string[]): string {
  const folder = join(root, `disk-${mounts.length}`);
  mkdirSync(folder);
  const type = what === 'tmpfs' ? ['-t', 'tmpfs'] : [];
  execFileSync('mount', [...type, '-o', options.join(), what, folder]);
  mounts.push(folder);
  return folder;
}

function whyNoMounts(): string | undefined {
  if (!isRoot) return 'it takes root on Linux to mount one';
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'this root may not mount one';
  }
}

function prepare(folder: string, state: string): string {
  const target = join(folder, 'my-api');
  if (state !== 'absent') mkdirSync(target);
  if (state === 'git-only') {
    mkdirSync(join(target, '.git'));
    writeFileSync(join(target, '.git/HEAD'), 'ref: refs/heads/trunk\n');
  }
  return target;
}

function prefixed(tree: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tree).map(([path, content]) => [`my-api/${path}`, content]));
}
