import { stripVTControlCharacters } from 'node:util';
import { setTimeout } from 'node:timers/promises';
import { createProgress, SILENT } from './progress.ts';

const HIDE = '\u001b[?25l';
const SHOW = '\u001b[?25h';

let written: string;
const write = (text: string): void => {
  written += text;
};

beforeEach(() => {
  written = '';
});

test('without a terminal there is one line per step, free of control characters', async () => {
  const progress = createProgress({ write }, {});
  await progress.step('Write files', (show) => {
    show('detail');
    return Promise.resolve({ ok: true, note: '12 files' });
  });
  await progress.step('Install', () => Promise.resolve({ ok: false, note: 'npm was not found' }));
  expect(written).toMatch(/^✔ Write files \(\d+ ms\): 12 files\n✖ Install \(\d+ ms\): npm was not found\n$/);
});

test('on a terminal a spinner shows the latest output, and the last line is the outcome', async () => {
  const progress = createProgress({ isTTY: true, columns: 60, write }, { NO_COLOR: '1' });
  await progress.step('Install', async (show) => {
    show('\u001b[31madded 12 packages\u001b[39m');
    await setTimeout(200);
    return { ok: true };
  });
  expect(written).toContain('⠋ Install');
  expect(written).toContain('⠙ Install  added 12 packages');
  expect(written).toMatch(/✔ Install \(\d+ ms\)\n$/);
  expect(written.lastIndexOf(SHOW)).toBeGreaterThan(written.lastIndexOf(HIDE));
});

test('a frame never wraps', async () => {
  const progress = createProgress({ isTTY: true, columns: 30, write }, { NO_COLOR: '1' });
  await progress.step('A label that is longer than the whole line', async (show) => {
    show('x'.repeat(100));
    await setTimeout(100);
    return { ok: true };
  });
  const frames = written.split('\r').slice(1, -1).map(stripVTControlCharacters);
  expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThan(30);
});

test.each([{ isTTY: true }, {}])(
  'a step that throws is reported, and the cursor is back: %j',
  async (terminal) => {
    const progress = createProgress({ ...terminal, write }, { NO_COLOR: '1' });
    await expect(progress.step('Install', () => Promise.reject(new Error('odd')))).rejects.toThrow('odd');
    expect(written).toMatch(/✖ Install \(\d+ ms\)\n$/);
    expect(written.lastIndexOf(SHOW)).toBeGreaterThanOrEqual(written.lastIndexOf(HIDE));
  },
);

test('a dumb terminal gets no spinner', async () => {
  const progress = createProgress({ isTTY: true, write }, { TERM: 'dumb' });
  await progress.step('Install', () => Promise.resolve({ ok: true }));
  expect(written).toMatch(/^✔ Install \(\d+ ms\)\n$/);
});

test('silent progress hands the outcome on', async () => {
  await expect(SILENT.step('Install', () => Promise.resolve({ ok: true }))).resolves.toEqual({ ok: true });
});
