import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment, run, RENDER_ONLY } from '../support/cli.ts';
import { asRoot, describeUnless, ROOT_NEEDED } from '../support/requirements.ts';
import { temporary } from '../support/temporary.ts';
import { contents, sizes, snapshot } from '../support/tree.ts';

const root = asRoot();
const mounts: string[] = [];

function asRootRun(...command: readonly string[]): void {
  const [file = '', ...args] = [...(root ?? []), ...command];
  execFileSync(file, args);
}

/** An empty disk of so many pages of 4 KiB. */
function disk(pages: number): string {
  const folder = join(temporary(), 'disk');
  mkdirSync(folder);
  const owner = `uid=${process.getuid?.()},gid=${process.getgid?.()}`;
  asRootRun('mount', '-t', 'tmpfs', '-o', `size=${pages * 4096},${owner}`, 'tmpfs', folder);
  mounts.push(folder);
  return folder;
}

/** Pages that the project takes on a tmpfs; folders take none. */
async function pagesNeeded(): Promise<number> {
  const cwd = temporary();
  await run(['my-api', ...RENDER_ONLY], { cwd });
  return Object.values(sizes(join(cwd, 'my-api'))).reduce((sum, bytes) => sum + Math.ceil(bytes / 4096), 0);
}

describeUnless(root ? undefined : ROOT_NEEDED, 'a disk', () => {
  afterAll(() => mounts.forEach((folder) => asRootRun('umount', folder)));

  it.each([0.1, 0.4, 0.7, 0.95])('that is full after %d of the project is left as it was', async (share) => {
    const cwd = disk(Math.max(1, Math.floor((await pagesNeeded()) * share)));
    const { status, stdout, stderr } = await run(['my-api', ...RENDER_ONLY], { cwd });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('The disk that holds "my-api" is full.');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it.each([0.3, 0.8])(
    'that is full after %d of the project, which goes beside .git, is left as it was',
    async (share) => {
      const needed = await pagesNeeded();
      const cwd = disk(needed + 50);
      execFileSync('git', ['init', '--quiet', '--template=', 'my-api'], { cwd, env: cleanEnvironment() });
      const ballast = statfsSync(cwd).bfree - Math.floor(needed * share);
      writeFileSync(join(cwd, 'my-api', '.git', 'ballast'), Buffer.alloc(ballast * 4096));
      const before = snapshot(cwd);
      const { status, stderr } = await run(['my-api', ...RENDER_ONLY], { cwd });
      expect(status).toBe(1);
      expect(stderr).toContain('is full.');
      expect(snapshot(cwd)).toEqual(before);
    },
  );

  it('that is read-only is left as it was', async () => {
    const cwd = disk(100);
    asRootRun('mount', '-o', 'remount,ro', cwd);
    const { status, stderr } = await run(['my-api', ...RENDER_ONLY], { cwd });
    expect(status).toBe(1);
    expect(stderr).toContain('The disk that holds "my-api" is read-only.');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('of its own can be the target', async () => {
    const cwd = disk(2 * (await pagesNeeded()) + 50);
    const reference = temporary();
    await run(['my-api', ...RENDER_ONLY], { cwd: reference });
    expect(await run(['.', '--name', 'my-api', ...RENDER_ONLY], { cwd })).toMatchObject({ status: 0 });
    expect(contents(cwd)).toEqual(contents(join(reference, 'my-api')));
  });
});
