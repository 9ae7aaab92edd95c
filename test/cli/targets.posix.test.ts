import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { snapshot } from '../support/tree.ts';

describe('a symbolic link as target', () => {
  it.each([
    ['to an empty folder', 'elsewhere'],
    ['to nothing', 'nowhere'],
    ['to itself', 'my-api'],
  ])('is refused and left alone: %s', async (_, destination) => {
    const cwd = temporary();
    mkdirSync(join(cwd, 'elsewhere'));
    symlinkSync(destination, join(cwd, 'my-api'));
    const before = snapshot(cwd);
    const { status, stderr } = await run(['my-api', ...RENDER_ONLY], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('"my-api" is a symbolic link.');
    expect(snapshot(cwd)).toEqual(before);
  });

  it('may be on the way to it', async () => {
    const cwd = temporary();
    mkdirSync(join(cwd, 'disk'));
    symlinkSync('disk', join(cwd, 'apps'));
    expect(await run(['apps/my-api', ...RENDER_ONLY], { cwd })).toMatchObject({ status: 0 });
    expect(Object.keys(snapshot(join(cwd, 'disk')))).toContain('my-api/.prod-forge.json');
  });
});

describe('a folder that may not be written', () => {
  /** Root may write everywhere, so the run is another user's. */
  const NOBODY = 65534;
  const isRoot = process.getuid?.() === 0;
  const wrapper = isRoot
    ? ['setpriv', '--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups']
    : [];

  function closed(path: string): void {
    if (isRoot) chownSync(path, NOBODY, NOBODY);
    chmodSync(path, 0o555);
  }

  it.each([
    ['as parent', 'closed/my-api'],
    ['as an ancestor', 'closed/a/b/my-api'],
  ])('is refused %s', async (_, argument) => {
    const cwd = temporary();
    chmodSync(cwd, 0o755);
    mkdirSync(join(cwd, 'closed'));
    writeFileSync(join(cwd, 'closed', 'file'), 'mine');
    closed(join(cwd, 'closed'));
    const before = snapshot(cwd);
    const { status, stdout, stderr } = await run([argument, ...RENDER_ONLY], { cwd, wrapper });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`"${argument}" may not be written.`);
    expect(stderr).toContain('Choose another folder, or get the permission to write there.');
    expect(snapshot(cwd)).toEqual(before);
  });

  it('is refused as the target itself', async () => {
    const cwd = temporary();
    chmodSync(cwd, 0o777);
    mkdirSync(join(cwd, 'my-api'));
    closed(join(cwd, 'my-api'));
    const before = snapshot(cwd);
    const { status, stderr } = await run(['my-api', ...RENDER_ONLY], { cwd, wrapper });
    expect(status).toBe(1);
    expect(stderr).toContain('"my-api" may not be written.');
    expect(snapshot(cwd)).toEqual(before);
  });
});
