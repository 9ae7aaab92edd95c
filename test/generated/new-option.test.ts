import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, RENDER_ONLY, type Outcome } from '../support/cli.ts';
import { describeUnless, missingCommand } from '../support/requirements.ts';
import { temporary } from '../support/temporary.ts';
import { Terminal } from '../support/terminal.ts';
import { contents } from '../support/tree.ts';
import { LAWS } from './laws/index.ts';
import { factorsOf, pairsOf } from './support/configurations.ts';
import { buildGenerator, TEMPLATES, type Generator } from './support/generator.ts';
import { worldOf, type World } from './support/world.ts';

const FIXTURE = join(import.meta.dirname, 'fixtures', 'options');

let world: World;
/** The generator without the fixture's folders. */
let plain: Generator;

beforeAll(async () => {
  const templates = join(temporary(), 'templates');
  cpSync(TEMPLATES, templates, { recursive: true, filter: (path) => !path.includes('node_modules') });
  cpSync(FIXTURE, join(templates, 'options'), { recursive: true });
  world = await worldOf(templates);
  plain = await buildGenerator(TEMPLATES);
});

async function printed(args: readonly string[], { program } = world.generator): Promise<string> {
  const { status, stdout } = await run(args, { cwd: temporary(), program });
  expect(status).toBe(0);
  return stdout.replaceAll(/\s+/g, ' ');
}

async function rendered(args: readonly string[]): Promise<Outcome & { readonly project: string }> {
  const cwd = temporary();
  const outcome = await run(['my-api', ...RENDER_ONLY, ...args], { cwd, program: world.generator.program });
  return { ...outcome, project: join(cwd, 'my-api') };
}

describe('a new option folder alone', () => {
  it('changes --help', async () => {
    const help = await printed(['--help']);
    expect(help).toContain('Mail: --mailer <id> One of: none, smtp. smtp sends mail through any SMTP server');
    expect(help).toContain('--mail-from <text> Sender of mails. Default: service@example.com.');
    expect(help).toContain('--[no-]mail-tls Encrypt mail connections. Default: true.');
    expect(await printed(['--help'], plain)).not.toContain('mail');
  });

  it('changes list', async () => {
    expect(await printed(['list'])).toContain('Mail (--mailer): smtp sends mail through any SMTP server');
    expect(JSON.parse(await printed(['list', '--json']))).toMatchObject({
      groups: expect.arrayContaining([
        expect.objectContaining({ id: 'mailer', choices: ['none', 'smtp'] }),
      ]) as unknown,
    });
  });

  it('changes the schema', async () => {
    const { properties } = JSON.parse(await printed(['schema'])) as { properties: Record<string, object> };
    expect(properties).toMatchObject({
      mailer: { enum: ['none', 'smtp'] },
      'mail-from': { type: 'string', default: 'service@example.com', pattern: '^(?:[^@\\s]+@[^@\\s]+)$' },
      'mail-tls': { type: 'boolean', default: true },
    });
  });

  it('changes the flags, and what they render', async () => {
    const on = await rendered(['--mailer', 'smtp', '--mail-from', 'me@example.org', '--no-mail-tls']);
    expect(on.status).toBe(0);
    expect(readFileSync(join(on.project, 'src/mailer/sender.ts'), 'utf8')).toBe(
      "export const sender = { from: 'me@example.org', tls: false };\n",
    );
    expect(on.stderr).toContain('--mail-from me@example.org --no-mail-tls --mailer smtp');
  });

  it('adds nothing to a project that does not choose it', async () => {
    const off = await rendered([]);
    const cwd = temporary();
    await run(['my-api', ...RENDER_ONLY], { cwd, program: plain.program });
    // The record of the answers names every group.
    const { '.prod-forge.json': record, ...others } = contents(off.project);
    const { '.prod-forge.json': plainRecord, ...plainOthers } = contents(join(cwd, 'my-api'));
    expect(others).toEqual(plainOthers);
    expect(record).not.toBe(plainRecord);
  });

  it.each([
    [
      ['--mailer', 'none', '--mail-from', 'a@b'],
      '--mail-from belongs to --mailer smtp, which is not chosen.',
    ],
    [['--mail-tls'], '--mail-tls belongs to --mailer smtp, which is not chosen.'],
    [['--mailer', 'smtp', '--mail-from', 'nobody'], 'Give a mail address such as service@example.com.'],
    [['--mailer', 'smpt', '--mail-frm', 'a@b'], 'Did you mean --mail-from?'],
  ])('changes what is refused: %j', async (args, says) => {
    const { status, stderr, project } = await rendered(args);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
    expect(existsSync(project)).toBe(false);
  });

  it('changes the matrix', () => {
    const factors = factorsOf(world.registry);
    expect(factors).toContainEqual({ key: 'mailer', values: ['none', 'smtp'] });
    const covered = new Set(world.configurations.flatMap(pairsOf));
    for (const manager of ['npm', 'pnpm']) {
      for (const tls of ['true', 'false']) expect(covered).toContain(`mailer=smtp mail-tls=${tls}`);
      expect(covered).toContain(`mailer=smtp package-manager=${manager}`);
    }
  });

  it('keeps every law', () => {
    for (const [name, law] of Object.entries(LAWS)) expect({ [name]: law(world) }).toEqual({ [name]: [] });
    expect(world.generator.api.brokenLaws(world.registry)).toEqual([]);
  });
});

describe('a pair of two options', () => {
  it('is there exactly where both are', async () => {
    const page = 'docs/mail-with-pnpm.md';
    for (const [mailer, manager, expected] of [
      ['smtp', 'pnpm', true],
      ['smtp', 'npm', false],
      ['none', 'pnpm', false],
    ] as const) {
      const { project } = await rendered(['--mailer', mailer, '--package-manager', manager]);
      expect({ mailer, manager, has: existsSync(join(project, page)) }).toEqual({
        mailer,
        manager,
        has: expected,
      });
    }
  });

  it('is no option of its own', async () => {
    expect(await printed(['list'])).not.toContain('what only both together need');
    expect(await printed(['--help'])).not.toContain('what only both together need');
  });
});

describeUnless(missingCommand('tmux'), 'a new option folder in a terminal', () => {
  it('changes the questions', async () => {
    const cwd = temporary();
    const command = [process.execPath, world.generator.program, 'my-api', '--no-install', '--no-git'];
    const screen = new Terminal(command, { cwd });
    try {
      const seen: string[] = [];
      for (;;) {
        const shown = await screen.waitFor(/^\? (?!.*^\? )|\[exit status/ms);
        const [, title = ''] = /^\? (.*?) [›»]/m.exec(shown) ?? [];
        if (!title || shown.includes('[exit status')) break;
        seen.push(title);
        if (title === 'Mail') screen.press('Down');
        if (title === 'Encrypt mail connections') screen.press('n');
        else screen.press('Enter');
        await screen.waitFor(new RegExp(`^✔ ${title.replace('?', '\\?')} `, 'm'));
      }
      expect(await screen.exitStatus()).toBe(0);
      expect(seen).toContain('Mail');
      expect(seen.indexOf('Sender of mails')).toBeGreaterThan(seen.indexOf('Mail'));
      expect(readFileSync(join(cwd, 'my-api', 'src/mailer/sender.ts'), 'utf8')).toBe(
        "export const sender = { from: 'service@example.com', tls: false };\n",
      );
    } finally {
      screen.close();
    }
  });
});
