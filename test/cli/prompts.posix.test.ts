import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadApi } from '../support/api.ts';
import { PROGRAM, run, RENDER_ONLY } from '../support/cli.ts';
import { describeUnless, missingCommand } from '../support/requirements.ts';
import { temporary } from '../support/temporary.ts';
import { Terminal, type TerminalOptions } from '../support/terminal.ts';
import { contents } from '../support/tree.ts';

const { loadRegistry, plan } = await loadApi();
const { features } = await loadRegistry();

/** The groups with their titles, in the order in which they are asked for. */
const GROUPS = [
  ...new Map(
    features.flatMap(({ definition: { group } }) => (group ? [[group.id, group.title] as const] : [])),
  ),
].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** What is asked with the standard preset, in order, as it stands on the screen. */
async function questions(): Promise<readonly string[]> {
  const titles = GROUPS.map(([, title]) => title);
  const chosen = (await plan({ name: 'my-api' })).resolution.features;
  const own = chosen.flatMap(({ definition }) => definition.questions ?? []).map(({ title }) => title);
  return ['Directory', 'Preset', ...titles, ...own, 'Create it?'];
}

/** Matches the screen where this question is the one that is open. */
function open(title: string): RegExp {
  return new RegExp(`^\\? ${title.replace(/[?.()[\]*+]/g, '\\$&')} `, 'm');
}

const ASKED = await questions();
/** What resets the answer to a question to nothing. */
const CLEAR = 'C-g';

const terminals: Terminal[] = [];

function terminal(
  cwd: string,
  args: readonly string[] = ['--no-install', '--no-git'],
  options: Partial<TerminalOptions> = {},
): Terminal {
  const opened = new Terminal([process.execPath, PROGRAM, ...args], { cwd, ...options });
  terminals.push(opened);
  return opened;
}

/** Takes what is offered for the questions up to this one, which stays open. */
async function proceedTo(screen: Terminal, title: string): Promise<void> {
  for (const earlier of ASKED.slice(0, ASKED.indexOf(title))) {
    await screen.waitFor(open(earlier));
    screen.press('Enter');
  }
  await screen.waitFor(open(title));
}

describeUnless(missingCommand('tmux'), 'in a terminal', () => {
  afterEach(() => terminals.splice(0).forEach((each) => each.close()));

  it('a person who only presses Enter gets the defaults', async () => {
    const cwd = temporary();
    const screen = terminal(cwd);
    await proceedTo(screen, 'Create it?');
    expect(readdirSync(cwd)).toEqual([]);
    screen.press('Enter');
    expect(await screen.exitStatus()).toBe(0);
    expect(screen.isCursorVisible()).toBe(true);
    expect(screen.screen()).toContain('npm create prod-forge@latest my-api -- --yes --no-install --no-git');

    const other = temporary();
    await run(['my-api', ...RENDER_ONLY], { cwd: other });
    expect(contents(join(cwd, 'my-api'))).toEqual(contents(join(other, 'my-api')));
  });

  it('each choice shows what it adds', async () => {
    const screen = terminal(temporary());
    for (const title of ASKED.slice(0, ASKED.indexOf(GROUPS.at(-1)?.[1] ?? '') + 1)) {
      await screen.waitFor(open(title));
      const shown = screen.screen();
      for (const { definition } of features.filter(({ definition: { group } }) => group?.title === title)) {
        expect(shown).toContain(definition.option);
        expect(shown).toContain(definition.summary.slice(0, 30));
      }
      screen.press('Enter');
    }
  });

  it('other choices lead to another project, and the command shown gives the same one', async () => {
    const cwd = temporary();
    const screen = terminal(cwd);
    await screen.waitFor(open('Directory'));
    screen.type('other-api');
    screen.press('Enter');
    await screen.waitFor(open('Preset'));
    screen.press('Down', 'Enter');
    for (const title of ASKED.slice(2, -1)) {
      await screen.waitFor(open(title));
      if (title === 'Package manager') screen.press('Down');
      screen.press('Enter');
    }
    const shown = await screen.waitFor(open('Create it?'));
    const [, flags = ''] = /npm create prod-forge@latest other-api -- (.+)/.exec(shown) ?? [];
    expect(flags).toContain('--package-manager pnpm');
    screen.press('y');
    expect(await screen.exitStatus()).toBe(0);

    const again = temporary();
    // The flags of this command are words without blanks or quotes.
    expect(flags).not.toMatch(/["\\]/);
    expect(await run(['other-api', ...flags.split(' ')], { cwd: again })).toMatchObject({ status: 0 });
    expect(contents(join(again, 'other-api'))).toEqual(contents(join(cwd, 'other-api')));
  });

  it.each([
    ['top', 0],
    ['bottom', 30],
  ])(
    'a directory that can not be is explained at once and may be corrected (at the %s)',
    async (_, lines) => {
      const cwd = temporary();
      mkdirSync(join(cwd, 'taken'));
      writeFileSync(join(cwd, 'taken', 'file'), 'mine');
      const screen = terminal(cwd, undefined, { columns: 70, rows: 12, above: lines });
      await screen.waitFor(open('Directory'));
      for (const [wrong, reason] of [
        ['Bad@@Name!', /Use "bad-name" instead/],
        ['../x', /leaves the folder/],
        ['taken', /is not empty/],
      ] as const) {
        screen.type(wrong);
        screen.press('Enter');
        expect((await screen.waitFor(reason)).match(open('Preset'))).toBeNull();
        screen.press(CLEAR);
      }
      screen.type('right');
      screen.press('Enter');
      await screen.waitFor(open('Preset'));
      // What was said above stays, and nothing of the errors.
      expect(screen.screen()).toMatch(
        /^the last line of an earlier command\n✔ Directory … right\n\? Preset /m,
      );
      expect(screen.screen()).not.toMatch(/instead|leaves|is not empty/);
      await proceedFrom(screen, 'Preset');
      expect(await screen.exitStatus()).toBe(0);
      expect(readdirSync(cwd).toSorted()).toEqual(['right', 'taken']);
    },
  );

  async function proceedFrom(screen: Terminal, title: string): Promise<void> {
    for (const next of ASKED.slice(ASKED.indexOf(title))) {
      await screen.waitFor(open(next));
      screen.press('Enter');
    }
  }

  it.each(ASKED)('Ctrl-C at the question "%s" ends it and writes nothing', async (title) => {
    const cwd = temporary();
    const screen = terminal(cwd);
    await proceedTo(screen, title);
    screen.press('C-c');
    expect(await screen.exitStatus()).toBe(130);
    expect(screen.isCursorVisible()).toBe(true);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it.each([
    ['no', 'n'],
    ['Escape', 'Escape'],
  ])('%s at the end writes nothing', async (_, key) => {
    const cwd = temporary();
    const screen = terminal(cwd);
    await proceedTo(screen, 'Create it?');
    screen.press(key);
    expect(await screen.exitStatus()).toBe(130);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('flags are not asked for again', async () => {
    const cwd = temporary();
    const args = ['my-api', '--preset', 'minimal', '--package-manager', 'pnpm', '--no-install', '--no-git'];
    const screen = terminal(cwd, args);
    const given = ['Directory', 'Preset', 'Package manager'];
    for (const title of ASKED.filter((each) => !given.includes(each))) {
      await screen.waitFor(open(title));
      screen.press('Enter');
    }
    expect(await screen.exitStatus()).toBe(0);
    for (const title of given) expect(screen.screen()).not.toMatch(new RegExp(`^[?✔] ${title} `, 'm'));
    expect(existsSync(join(cwd, 'my-api', 'pnpm-workspace.yaml'))).toBe(true);
  });

  it('--yes asks nothing', async () => {
    const cwd = temporary();
    const screen = terminal(cwd, ['my-api', ...RENDER_ONLY]);
    expect(await screen.exitStatus()).toBe(0);
    expect(screen.screen()).not.toMatch(/^[?✔] Directory/m);
    expect(existsSync(join(cwd, 'my-api'))).toBe(true);
  });

  it('what is wrong with the flags is said before the first question', async () => {
    const screen = terminal(temporary(), ['my-api', '--preset', 'big']);
    expect(await screen.exitStatus()).toBe(2);
    expect(screen.screen()).not.toMatch(/^\? /m);
  });

  it('a narrow terminal shows one line per choice', async () => {
    const screen = terminal(temporary(), undefined, { columns: 44, rows: 30 });
    await proceedTo(screen, 'Preset');
    const lines = screen
      .screen()
      .split('\n')
      .filter((line) => /minimal|standard|full/.test(line));
    expect(lines.length).toBe(3);
    screen.press('C-c');
    expect(await screen.exitStatus()).toBe(130);
  });

  it('a terminal that can not move its cursor is not asked', async () => {
    const screen = terminal(temporary(), ['my-api'], { env: { TERM: 'dumb' } });
    expect(await screen.exitStatus()).toBe(2);
    expect(screen.screen()).toContain('Nobody can be asked here');
  });

  it('NO_COLOR leaves the questions in one colour', async () => {
    const screen = terminal(temporary(), ['my-api', ...RENDER_ONLY], { env: { NO_COLOR: '1' } });
    expect(await screen.exitStatus()).toBe(0);
    expect(screen.coloured()).not.toContain('\u001b[3');
    const coloured = terminal(temporary(), ['my-api', ...RENDER_ONLY]);
    expect(await coloured.exitStatus()).toBe(0);
    expect(coloured.coloured()).toContain('\u001b[3');
  });
});
