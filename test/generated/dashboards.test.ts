import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { DEFECTS } from './dashboard-defects.ts';
import { EXAMPLE, execute, installExample, node24Environment, type Finished } from './support/example.ts';

const FOLDER = 'observability/grafana/dashboards';
const SOURCES = 'scripts/observability/dashboards';

/** A rendered project, which no test changes. */
let original: string;

function copy(): string {
  const project = join(temporary(), 'my-api');
  cpSync(original, project, { recursive: true, verbatimSymlinks: true });
  return project;
}

async function verify(project: string): Promise<Finished> {
  return execute(['node', 'scripts/observability/verify.mjs', 'dashboards'], {
    cwd: project,
    env: await node24Environment(),
  });
}

/** Changes a file of a project. */
function edit(project: string, file: string, change: (text: string) => string): void {
  const path = join(project, file);
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

function plant(project: string, { dashboard, panel: title, make }: (typeof DEFECTS)[number]): void {
  edit(project, `${FOLDER}/${dashboard}.json`, (text) => {
    const parsed = JSON.parse(text) as { panels: Parameters<typeof make>[0][] };
    const panel = parsed.panels.find((candidate) => candidate.title === title);
    if (!panel) throw new Error(`${dashboard} has no panel ${title}`);
    make(panel);
    return JSON.stringify(parsed);
  });
}

describe('the dashboards of a project', () => {
  beforeAll(async () => {
    await installExample();
    const cwd = temporary();
    const { status, stderr } = await run(['my-api', '--cache', 'redis', ...RENDER_ONLY], { cwd });
    if (status !== 0) throw new Error(stderr);
    original = join(cwd, 'my-api');
    symlinkSync(join(EXAMPLE, 'node_modules'), join(original, 'node_modules'), 'junction');
  });

  it('are built, and hold, with what an option adds', async () => {
    expect(await verify(original)).toEqual({
      status: 0,
      output: [
        'the dashboards are what their sources describe',
        "the dashboards are what Grafana's types say",
        'the dashboards keep to the rules',
      ]
        .map((what) => `passed  ${what}\n`)
        .join(''),
    });
  });

  describe('with mistakes in them', () => {
    let verified: Finished;

    beforeAll(async () => {
      const project = copy();
      for (const defect of DEFECTS) plant(project, defect);
      verified = await verify(project);
    });

    it.each(DEFECTS)('are refused for $mistake', ({ dashboard, panel, refusal }) => {
      expect(verified.status).toBe(1);
      const source = `${SOURCES}/${dashboard}.ts`;
      const lines = readFileSync(join(original, source), 'utf8').split('\n');
      const line = lines.findIndex((text) => text.includes(`title: '${panel}'`)) + 1;
      expect(verified.output).toContain(
        `${FOLDER}/${dashboard}.json (${source}:${line}): panel "${panel}": ${refusal}`,
      );
    });

    it('are refused for what nobody described, too', () => {
      for (const { dashboard } of DEFECTS)
        expect(verified.output).toContain(
          `${FOLDER}/${dashboard}.json is not what ${SOURCES}/${dashboard}.ts describes.`,
        );
    });
  });

  describe('with other files among them', () => {
    let verified: Finished;

    beforeAll(async () => {
      const project = copy();
      // Of each of them the rest is right, and what is wrong is not hidden by the others.
      edit(project, `${FOLDER}/service.json`, (text) => text.replace('"title": "Heap"', '"title": "Memory"'));
      edit(project, `${FOLDER}/requests.json`, (text) => text.replace('{', ''));
      edit(project, `${FOLDER}/deployments.json`, (text) =>
        text.replace('"uid": "deployments"', '"uid": "logs"'),
      );
      edit(project, `${FOLDER}/.lint`, (text) => text.replace('dashboard: Database', 'dashboard: Gone'));
      writeFileSync(join(project, FOLDER, 'stray.json'), '{}\n');
      verified = await verify(project);
    });

    it.each([
      [
        'JSON that was changed by hand',
        `${FOLDER}/service.json is not what ${SOURCES}/service.ts describes.`,
      ],
      ['two panels of one title', `panel "Memory": is not the only one of that title`],
      ['what is no JSON', `${FOLDER}/requests.json: Unexpected non-whitespace character`],
      ['two dashboards of one uid', `shares its uid with another: logs`],
      ['a uid that is not the name of its file', `${FOLDER}/deployments.json: has the uid logs`],
      ['JSON without a source', `${FOLDER}/stray.json has no source in ${SOURCES}.`],
      ['JSON that is no dashboard', `${FOLDER}/stray.json: is no dashboard: it has no panels`],
      [
        'an exclusion of nothing',
        `${FOLDER}/.lint:17: target-instance-rule, Gone is excluded, and nothing breaks it`,
      ],
    ])('are refused for %s', (_, refusal) => {
      expect(verified).toEqual({ status: 1, output: expect.stringContaining(refusal) });
    });
  });

  it('follow their sources, which are compiled by nobody before', async () => {
    const project = copy();
    edit(project, `${SOURCES}/service.ts`, (text) => text.replace("title: 'Heap'", "title: 'Memory in use'"));
    const { status, output } = await verify(project);
    expect({ status, output }).toEqual({
      status: 1,
      output: expect.stringContaining(
        `${FOLDER}/service.json is not what ${SOURCES}/service.ts describes. Run: node --run dashboards`,
      ),
    });
    const env = await node24Environment();
    const built = await execute(['node', `${SOURCES}/build.ts`], { cwd: project, env });
    expect(built).toEqual({ status: 0, output: expect.stringContaining(`Wrote ${FOLDER}/service.json.`) });
    expect(await verify(project)).toMatchObject({ status: 0 });
  });
});
