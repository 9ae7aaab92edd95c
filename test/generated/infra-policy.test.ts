import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { root } from '../support/root.ts';
import { temporary } from '../support/temporary.ts';
import { VIOLATIONS, type Violation } from './infra-violations.ts';
import { JSON_VIOLATIONS } from './infra-violations-json.ts';
import { execute, node24Environment, runNpm, type Finished } from './support/example.ts';

/** The one package that the policy needs, as the projects depend on it. */
const packages = temporary();
/** Rendered projects, by the way in which they write their roots. */
const projects = new Map<string, string>();

/** Holds the infrastructure below a folder to the policy of a project. */
async function policy(project: string, cwd: string, ...folders: readonly string[]): Promise<Finished> {
  return execute(['node', join(project, 'scripts', 'infra', 'policy.mjs'), ...folders], {
    cwd,
    env: await node24Environment(),
  });
}

async function projectOf(flavour: string): Promise<string> {
  const known = projects.get(flavour);
  if (known) return known;
  const parent = temporary();
  const { status, stderr } = await run(['my-api', '--infra', flavour, ...RENDER_ONLY], { cwd: parent });
  if (status !== 0) throw new Error(stderr);
  const project = join(parent, 'my-api');
  symlinkSync(join(packages, 'node_modules'), join(project, 'node_modules'), 'junction');
  projects.set(flavour, project);
  return project;
}

async function expectRefusal(flavour: string, { file, text, by, refusal }: Violation): Promise<void> {
  const project = await projectOf(flavour);
  const copy = temporary();
  cpSync(join(project, 'infra'), join(copy, 'infra'), { recursive: true });
  const folder = posix.dirname(`infra/${file}`);
  const path = join(copy, 'infra', file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(text);
  writeFileSync(path, text ? before.replace(text, () => by) : before + by);
  const { status, output } = await policy(project, copy, folder);
  expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining(refusal) });
  expect(output).toMatch(new RegExp(`^${folder}/[\\w-]+\\.(tf|tf\\.json): `));
}

describe('the policy of the infrastructure', () => {
  beforeAll(async () => {
    cpSync(join(root, 'templates', 'infra', 'package.json'), join(packages, 'package.json'));
    const installed = await runNpm(['install', '--no-audit', '--no-fund'], packages);
    if (installed.status !== 0) throw new Error(installed.output);
  });

  it.each(['terraform', 'cdktf'])('accepts what --infra %s renders', async (flavour) => {
    const project = await projectOf(flavour);
    expect(await policy(project, project)).toEqual({
      status: 0,
      output: expect.stringMatching(/^\d+ configurations, 0 problems\n$/),
    });
  });

  it.each(VIOLATIONS)('$breaks: refuses $mistake', (violation) => expectRefusal('terraform', violation));

  it.each(JSON_VIOLATIONS)('$breaks: refuses $mistake, in JSON', (violation) =>
    expectRefusal('cdktf', violation),
  );
});
