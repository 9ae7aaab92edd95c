import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { root } from '../support/root.ts';
import { temporary } from '../support/temporary.ts';
import { VIOLATIONS } from './infra-violations.ts';
import { execute, node24Environment, runNpm, type Finished } from './support/example.ts';

/** A rendered project with the one package that its policy needs. */
let project: string;

/** Holds the infrastructure below a folder to the policy of the project. */
async function policy(cwd: string, ...folders: readonly string[]): Promise<Finished> {
  return execute(['node', join(project, 'scripts', 'infra', 'policy.mjs'), ...folders], {
    cwd,
    env: await node24Environment(),
  });
}

describe('the policy of the infrastructure', () => {
  beforeAll(async () => {
    const parent = temporary();
    const { status, stderr } = await run(['my-api', '--infra', 'terraform', ...RENDER_ONLY], { cwd: parent });
    if (status !== 0) throw new Error(stderr);
    project = join(parent, 'my-api');
    const packages = temporary();
    cpSync(join(root, 'templates', 'infra', 'package.json'), join(packages, 'package.json'));
    const installed = await runNpm(['install', '--no-audit', '--no-fund'], packages);
    if (installed.status !== 0) throw new Error(installed.output);
    symlinkSync(join(packages, 'node_modules'), join(project, 'node_modules'), 'junction');
  });

  it('accepts what is rendered', async () => {
    expect(await policy(project)).toEqual({
      status: 0,
      output: expect.stringMatching(/^\d+ configurations, 0 problems\n$/),
    });
  });

  it.each(VIOLATIONS)('$breaks: refuses $mistake', async ({ file, text, by, refusal }) => {
    const copy = temporary();
    cpSync(join(project, 'infra'), join(copy, 'infra'), { recursive: true });
    const folder = posix.dirname(`infra/${file}`);
    const path = join(copy, 'infra', file);
    const before = readFileSync(path, 'utf8');
    expect(before).toContain(text);
    writeFileSync(path, text ? before.replace(text, () => by) : before + by);
    const { status, output } = await policy(copy, folder);
    expect({ status, output }).toEqual({ status: 1, output: expect.stringContaining(refusal) });
    expect(output).toMatch(new RegExp(`^${folder}/[\\w-]+\\.tf: `));
  });
});
