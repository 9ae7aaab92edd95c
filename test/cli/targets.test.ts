import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { contents, snapshot } from '../support/tree.ts';

describe('a target that is not free', () => {
  it.each([[[]], [['--json']], [['--dry-run']]])(
    'is refused and left alone when it holds other files %j',
    async (extra: readonly string[]) => {
      const cwd = temporary();
      mkdirSync(join(cwd, 'my-api', 'src'), { recursive: true });
      writeFileSync(join(cwd, 'my-api', 'src', 'main.ts'), 'mine');
      writeFileSync(join(cwd, 'my-api', '.env'), 'secret');
      const before = snapshot(cwd);
      const { status, stdout, stderr } = await run(['my-api', ...RENDER_ONLY, ...extra], { cwd });
      expect(status).toBe(2);
      expect(stdout + stderr).toMatch(/my-api\\?" is not empty/);
      // What is in the way is named.
      expect(stdout + stderr).toContain('.env');
      expect(stdout + stderr).toContain('src');
      expect(snapshot(cwd)).toEqual(before);
    },
  );

  it('is refused where it is a file', async () => {
    const cwd = temporary();
    writeFileSync(join(cwd, 'my-api'), 'mine');
    const before = snapshot(cwd);
    const { status, stderr } = await run(['my-api', ...RENDER_ONLY], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('"my-api" is a file.');
    expect(snapshot(cwd)).toEqual(before);
  });

  it('is refused where a file is on the way to it', async () => {
    const cwd = temporary();
    writeFileSync(join(cwd, 'apps'), 'mine');
    const before = snapshot(cwd);
    const { status, stderr } = await run(['apps/my-api', ...RENDER_ONLY], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('A file stands on the way to "apps/my-api"');
    expect(snapshot(cwd)).toEqual(before);
  });
});

describe('--force', () => {
  it('adds the project to a folder with other entries, which stay as they are', async () => {
    const cwd = temporary();
    mkdirSync(join(cwd, 'my-api', 'notes'), { recursive: true });
    writeFileSync(join(cwd, 'my-api', 'notes', 'todo.txt'), 'mine');
    writeFileSync(join(cwd, 'my-api', '.env'), 'secret');
    const before = snapshot(join(cwd, 'my-api'));
    expect(await run(['my-api', ...RENDER_ONLY, '--force'], { cwd })).toMatchObject({ status: 0 });

    expect(snapshot(join(cwd, 'my-api'))).toMatchObject(before);
    const other = temporary();
    await run(['my-api', ...RENDER_ONLY], { cwd: other });
    expect(contents(join(cwd, 'my-api'), ['notes', '.env'])).toEqual(contents(join(other, 'my-api')));
  });

  it.each([
    ['a file', 'README.md'],
    ['a folder', 'src'],
    ['a name in another case', 'readme.MD'],
  ])('refuses %s that the project brings, too', async (_, entry) => {
    const cwd = temporary();
    mkdirSync(join(cwd, 'my-api', entry), { recursive: true });
    writeFileSync(join(cwd, 'my-api', entry, 'mine'), 'mine');
    const before = snapshot(cwd);
    const { status, stderr } = await run(['my-api', ...RENDER_ONLY, '--force'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain(entry);
    expect(snapshot(cwd)).toEqual(before);
  });
});

describe('a target that is free', () => {
  it('may be the current folder, which names the project', async () => {
    const cwd = join(temporary(), 'my-api');
    mkdirSync(cwd);
    expect(await run(['.', ...RENDER_ONLY], { cwd })).toMatchObject({ status: 0 });
    const other = temporary();
    await run(['my-api', ...RENDER_ONLY], { cwd: other });
    expect(contents(cwd)).toEqual(contents(join(other, 'my-api')));
    expect(readdirSync(join(cwd, '..'))).toEqual(['my-api']);
  });

  it('may be deep in folders that are not there yet', async () => {
    const cwd = temporary();
    expect(await run(['a/b/c/my-api', ...RENDER_ONLY], { cwd })).toMatchObject({ status: 0 });
    expect(readdirSync(join(cwd, 'a/b/c'))).toEqual(['my-api']);
  });

  it('leaves no folders behind when the input is wrong', async () => {
    const cwd = temporary();
    expect(await run(['a/b/my-api', ...RENDER_ONLY, '--preset', 'big'], { cwd })).toMatchObject({
      status: 2,
    });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('several runs at once', () => {
  it('into one target: one wins and the project is complete', async () => {
    const reference = temporary();
    await run(['my-api', ...RENDER_ONLY], { cwd: reference });
    const cwd = temporary();
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => run(['my-api', ...RENDER_ONLY], { cwd })),
    );
    expect(outcomes.map(({ status }) => String(status)).toSorted()).toEqual(['0', '2', '2', '2']);
    expect(contents(join(cwd, 'my-api'))).toEqual(contents(join(reference, 'my-api')));
    expect(readdirSync(cwd)).toEqual(['my-api']);
  });

  it('into one folder that is empty: one wins and the project is complete', async () => {
    const reference = temporary();
    await run(['my-api', ...RENDER_ONLY], { cwd: reference });
    const parent = temporary();
    const cwd = join(parent, 'my-api');
    mkdirSync(cwd);
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => run(['.', ...RENDER_ONLY], { cwd })));
    expect(outcomes.map(({ status }) => String(status)).toSorted()).toEqual(['0', '2', '2', '2']);
    expect(contents(cwd)).toEqual(contents(join(reference, 'my-api')));
    expect(readdirSync(parent)).toEqual(['my-api']);
  });

  it('into targets of one folder do not disturb each other', async () => {
    const cwd = temporary();
    const names = ['one', 'two', 'three'];
    const outcomes = await Promise.all(names.map((name) => run([name, ...RENDER_ONLY], { cwd })));
    expect(outcomes.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(readdirSync(cwd).toSorted()).toEqual(names.toSorted());
  });
});
