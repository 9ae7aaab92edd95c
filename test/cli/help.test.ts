import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadApi } from '../support/api.ts';
import { run, type Outcome } from '../support/cli.ts';
import { root } from '../support/root.ts';
import { temporary } from '../support/temporary.ts';

const { loadRegistry } = await loadApi();
const { features } = await loadRegistry();
const options = features.filter(({ definition }) => definition.group);
const questions = features.flatMap(({ definition }) => definition.questions ?? []);
const cwd = temporary();

async function printed(...args: readonly string[]): Promise<string> {
  const outcome: Outcome = await run(args, { cwd });
  expect(outcome).toMatchObject({ status: 0, stderr: '' });
  return outcome.stdout;
}

/** Text as one line: where it wraps is the matter of the width. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

describe('--help', () => {
  it('names every group, option and question, with what each is for', async () => {
    const help = flat(await printed('--help'));
    for (const { definition } of options) {
      expect(help).toContain(`--${definition.group?.id} <id>`);
      expect(help).toContain(flat(`${definition.option} ${definition.summary}`));
    }
    for (const question of questions) {
      expect(help).toMatch(new RegExp(`--(\\[no-\\])?${question.id} `));
      expect(help).toContain(`Default: ${String(question.default)}.`);
    }
  });

  it('offers no option where a group is required', async () => {
    const help = flat(await printed('--help'));
    for (const { definition } of options) {
      const ids = options.filter((other) => other.definition.group?.id === definition.group?.id);
      const choices = [
        ...(definition.group?.required ? [] : ['none']),
        ...ids.map((other) => other.definition.option),
      ];
      expect(help).toContain(`--${definition.group?.id} <id> One of: ${choices.join(', ')}.`);
    }
  });

  it('says the exit statuses and that there is no telemetry', async () => {
    const help = flat(await printed('--help'));
    expect(help).toContain('0 done, 1 unexpected failure, 2 wrong input, 130 interrupted. No telemetry.');
  });

  it('wins over everything else, and writes nothing', async () => {
    expect(await printed('my-api', '--yes', '-h')).toBe(await printed('--help'));
  });
});

describe('--version', () => {
  it.each(['--version', '-v'])('prints the version alone: %s', async (flag) => {
    const manifest = readFileSync(join(root, 'packages/create-prod-forge/package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    expect(await printed(flag)).toBe(`${version}\n`);
  });
});

describe('list', () => {
  it('shows every feature and option with its summary', async () => {
    const list = flat(await printed('list'));
    const shown = features.filter(({ definition, pair }) => !pair && !definition.commonTo);
    const lines = shown.map(({ id, definition }) => flat(`${definition.option ?? id} ${definition.summary}`));
    expect(lines.filter((line) => !list.includes(line))).toEqual([]);
  });

  it('gives the same to programs with --json', async () => {
    const catalogue = JSON.parse(await printed('list', '--json')) as {
      features: { id: string }[];
      groups: { id: string; choices: string[]; options: { id: string; presets: string[] }[] }[];
    };
    const alwaysOn = features.filter(
      ({ definition, pair }) => !definition.group && !definition.commonTo && !pair,
    );
    expect(catalogue.features.map(({ id }) => id)).toEqual(alwaysOn.map(({ id }) => id));
    const listed = catalogue.groups.flatMap((group) =>
      group.options.map(({ id, presets }) => ({ group: group.id, option: id, presets })),
    );
    const expected = options.map(({ definition: { group, option, presets = [] } }) => ({
      group: group?.id,
      option,
      presets,
    }));
    expect(new Set(listed.map((entry) => JSON.stringify(entry)))).toEqual(
      new Set(expected.map((entry) => JSON.stringify(entry))),
    );
  });
});
