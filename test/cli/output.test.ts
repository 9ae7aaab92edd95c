import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run, start, outcomeOf, RENDER_ONLY } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { contents, sizes } from '../support/tree.ts';

const ESCAPE = '\u001b';

interface Planned {
  readonly status: string;
  readonly directory: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

describe('--dry-run', () => {
  it('writes nothing and lists what a real run writes', async () => {
    const cwd = temporary();
    const dry = await run(['my-api', ...RENDER_ONLY, '--dry-run', '--json'], { cwd });
    expect(dry).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(cwd)).toEqual([]);
    const planned = JSON.parse(dry.stdout) as Planned;

    await run(['my-api', ...RENDER_ONLY], { cwd });
    expect(Object.fromEntries(planned.files.map(({ path, bytes }) => [path, bytes]))).toEqual(
      sizes(join(cwd, 'my-api')),
    );
  });

  it('shows people the same list, with its sum', async () => {
    const cwd = temporary();
    const { stdout, stderr } = await run(['my-api', '--yes', '--dry-run'], { cwd });
    const { files } = JSON.parse(
      (await run(['my-api', '--yes', '--dry-run', '--json'], { cwd })).stdout,
    ) as Planned;
    expect(stderr).toBe('');
    const listed = stdout
      .split('\n\n')[0]
      ?.split('\n')
      .map((line) => line.trim().split(/\s{2,}/)[1]);
    expect(listed).toEqual(files.map(({ path }) => path));
    expect(stdout).toContain(`${files.length} files, `);
    expect(stdout).toContain('nothing was written to my-api.');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('refuses what a real run would refuse', async () => {
    const cwd = temporary();
    await run(['my-api', ...RENDER_ONLY], { cwd });
    const { status, stderr } = await run(['my-api', '--yes', '--dry-run'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('"my-api" is not empty.');
  });
});

describe('--json', () => {
  it('prints the result as one object, and nothing else', async () => {
    const cwd = temporary();
    const { status, stdout, stderr } = await run(['my-api', ...RENDER_ONLY, '--json'], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const written = sizes(join(cwd, 'my-api'));
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'created',
      directory: 'my-api',
      answers: { name: 'my-api', 'package-manager': 'npm' },
      files: Object.keys(written).length,
      bytes: Object.values(written).reduce((sum, bytes) => sum + bytes, 0),
      tasks: {},
    });
  });

  it('prints a plan as one object', async () => {
    const { stdout } = await run(['my-api', '--yes', '--dry-run', '--json'], { cwd: temporary() });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'planned', directory: 'my-api' });
  });
});

describe('without a terminal', () => {
  it('keeps stdout for the result and stderr for the rest', async () => {
    const { stdout, stderr } = await run(['my-api', ...RENDER_ONLY], { cwd: temporary() });
    expect(stdout).toMatch(
      /^\nNext:\n {2}cd my-api\n {2}npm install\n {2}npm run generate\n {2}npm run dev\n/,
    );
    expect(stderr).toContain('my-api in my-api');
    expect(stderr).toContain('npm create prod-forge@latest my-api -- --yes --no-install --no-git');
    expect(stderr).toMatch(/✔ Write my-api \(.+\): \d+ files, /);
  });

  const argumentLists = [
    ['my-api', ...RENDER_ONLY],
    ['my-api', '--yes', '--dry-run'],
    ['--help'],
    ['list'],
    ['schema'],
    ['my-api'],
  ].map((args) => [args.join(' '), args] as const);

  it.each(argumentLists)('writes no escape codes: %s', async (_, args) => {
    const { stdout, stderr } = await run(args, { cwd: temporary(), env: { TERM: 'xterm-256color' } });
    expect(stdout + stderr).not.toContain(ESCAPE);
  });

  it('obeys FORCE_COLOR', async () => {
    const { stderr } = await run(['my-api', ...RENDER_ONLY], { cwd: temporary(), env: { FORCE_COLOR: '1' } });
    expect(stderr).toContain(ESCAPE);
  });

  it.each(['closed', 'open'] as const)('never waits for an answer: stdin is %s', async (stdin) => {
    const cwd = temporary();
    const complete = await run(['my-api', ...RENDER_ONLY], { cwd, stdin });
    expect(complete).toMatchObject({ status: 0, signal: null });
    const open = await run(['other'], { cwd, stdin });
    expect(open).toMatchObject({ status: 2, signal: null });
    expect(existsSync(join(cwd, 'other'))).toBe(false);
  });

  it('survives a reader that goes away', async () => {
    const child = start(['--help'], { cwd: temporary() });
    child.stdout?.destroy();
    expect(await outcomeOf(child)).toMatchObject({ signal: null, stderr: '' });
  });

  it('gives the same project wherever it is written', async () => {
    const [one, other] = [temporary(), temporary()];
    await run(['my-api', ...RENDER_ONLY], { cwd: one });
    await run([join(other, 'deep', 'down', 'my-api'), ...RENDER_ONLY], { cwd: one });
    expect(contents(join(other, 'deep', 'down', 'my-api'))).toEqual(contents(join(one, 'my-api')));
  });
});
