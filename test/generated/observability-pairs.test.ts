import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { loadApi } from '../support/api.ts';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { allCombinations, factorsOf, pairwise, validOnes } from './support/configurations.ts';
import { EXAMPLE, execute, installExample, node24Environment } from './support/example.ts';

const api = await loadApi();
const valid = await validOnes(api, allCombinations(factorsOf(await api.loadRegistry())));
const watched = pairwise(valid).filter(({ observability }) => observability !== 'none');

beforeAll(installExample);

/** As the command line takes them. */
const flagsOf = (configuration: Readonly<Record<string, string | boolean>>) =>
  Object.entries(configuration).map(([key, value]) => `--${key}=${String(value)}`);

describe('what watches the service', () => {
  it('is tried with every pair of other choices', () => {
    expect(watched.length).toBeGreaterThan(2);
  });

  it.each(watched.map(flagsOf))('holds with %s %s %s %s', async (...flags) => {
    const cwd = temporary();
    expect(await run(['my-api', ...flags, ...RENDER_ONLY], { cwd })).toMatchObject({ status: 0 });
    const project = join(cwd, 'my-api');
    // All that the check needs comes with every choice.
    symlinkSync(join(EXAMPLE, 'node_modules'), join(project, 'node_modules'), 'junction');
    const { status, output } = await execute(['node', 'scripts/observability/verify.mjs'], {
      cwd: project,
      env: await node24Environment(),
    });
    if (status !== 0) throw new Error(output);
  });
});
