import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { bundleChild } from '../testing/child.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { describeWhere } from '../testing/requirement.ts';

const ENTER = '\r';
const UP = '\u001b[A';
const SHOW_CURSOR = '\u001b[?25h';
const HIDE_CURSOR = '\u001b[?25l';

const root = temporaryFolder();

describeWhere(whyNoTerminal(), 'on a terminal', () => {
  let bundle: string;

  beforeAll(async () => {
    bundle = await bundleChild(join(import.meta.dirname, 'prompts.child.ts'), root);
  }, 60_000);

  test('takes what is suggested', async () => {
    const session = await talk(bundle, [
      ['Name', ENTER],
      ['Cache', ENTER],
      ['Create it?', ENTER],
    ]);
    expect(session.text).toContain('interactive: true');
    expect(session.text).toContain('answers: {"name":"my-api","cache":"redis","sure":false}');
    expect(session.status).toBe(0);
  });

  test('takes what is typed and chosen, and refuses what is wrong', async () => {
    const session = await talk(bundle, [
      ['Name', `bad${ENTER}`],
      ['That is not possible.', `\u007f\u007f\u007fshop${ENTER}`],
      ['Cache', UP + ENTER],
      ['Create it?', 'y'],
    ]);
    expect(session.text).toContain('answers: {"name":"shop","cache":"none","sure":true}');
  });

  test('works on a terminal that reports no width', async () => {
    const session = await talk(
      bundle,
      [
        ['Name', `bad${ENTER}`],
        ['not possible', `\u007f\u007f\u007fshop${ENTER}`],
        ['Cache', ENTER],
        ['Create it?', ENTER],
      ],
      0,
    );
    expect(session.text).toContain('"name":"shop"');
    expect(session.status).toBe(0);
  });

  test('a selection shows what each choice adds, and afterwards the choice alone', async () => {
    const session = await talk(bundle, [
      ['Name', ENTER],
      ['Cache', ENTER],
      ['Create it?', ENTER],
    ]);
    expect(session.text).toMatch(/none {3}adds nothing/);
    expect(session.text).toMatch(/redis {2}adds a cache in front of reads/);
    expect(session.text).toMatch(/Cache › redis\r?\n/);
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['Escape', '\u001b'],
  ])(
    '%s interrupts, at the first question and in a selection, and the cursor is back',
    async (_name, key) => {
      for (const steps of [
        [['Name', key]],
        [
          ['Name', ENTER],
          ['Cache', key],
        ],
        [
          ['Name', ENTER],
          ['Cache', ENTER],
          ['Create it?', key],
        ],
      ] as const) {
        const session = await talk(bundle, steps);
        expect(session.text).toContain('failure: interrupted');
        expect(session.text).not.toContain('answers:');
        expect(session.status).toBe(130);
        expect(session.raw.lastIndexOf(SHOW_CURSOR)).toBeGreaterThanOrEqual(
          session.raw.lastIndexOf(HIDE_CURSOR),
        );
      }
    },
    30_000,
  );
});

interface Session {
  readonly raw: string;
  readonly text: string;
  readonly status: number | null;
}

/** Runs a bundle on a pseudo-terminal; each step waits for a text that is new, then presses keys. */
async function talk(
  bundle: string,
  steps: readonly (readonly [string, string])[],
  columns = 80,
): Promise<Session> {
  const command = `stty columns ${columns}; '${process.execPath}' '${bundle}'`;
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm', NO_COLOR: '1' },
  });
  const left = [...steps];
  let raw = '';
  let seen = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    raw += chunk.toString();
    const [step] = left;
    const found = step ? raw.indexOf(step[0], seen) : -1;
    if (!step || found < 0) return;
    seen = found + step[0].length;
    left.shift();
    // The question is drawn before it listens.
    setTimeout(() => child.stdin.write(step[1]), 50);
  });
  const [status] = (await once(child, 'close')) as [number | null];
  return { raw, text: stripVTControlCharacters(raw), status };
}

function whyNoTerminal(): string | undefined {
  if (process.platform !== 'linux') return 'the pseudo-terminal comes from the script command of Linux';
  try {
    execFileSync('script', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no script command (package bsdutils or util-linux)';
  }
}
