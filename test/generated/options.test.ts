import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadApi } from '../support/api.ts';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { EXAMPLE, execute, node24Environment, runNpm } from './support/example.ts';

const { features } = await (await loadApi()).loadRegistry();

const { answers } = JSON.parse(readFileSync(join(EXAMPLE, '.prod-forge.json'), 'utf8')) as {
  answers: Readonly<Record<string, string>>;
};

/** Package managers are tried by tests of their own, and what the example has by its own checks. */
const options = features.filter(
  ({ definition: { group, option, packageManager } }) =>
    group && !packageManager && answers[group.id] !== option,
);

/** Those of the option, and of what all options of its group share. */
const checksOf = (group: string | undefined, option: string | undefined) =>
  features
    .filter(({ definition }) =>
      definition.commonTo
        ? definition.commonTo === group
        : definition.group?.id === group && definition.option === option,
    )
    .flatMap(({ checks }) => checks);

/** Where an option adds to what watches the service, that has to hold with it. */
const checksOfOwners = (kinds: readonly string[]) =>
  features
    .filter(({ definition }) => kinds.some((kind) => kind in (definition.accepts ?? {})))
    .flatMap(({ checks }) => checks);

/** Where two meet, what one of them brings changes what the other has to prove. */
const checksOfPartners = (id: string) =>
  features
    .flatMap(({ pair = [] }) => (pair.some((half) => half === id) ? pair : []))
    .flatMap((half) => features.find((feature) => feature.id === half)?.checks ?? []);

describe('a project with one option', () => {
  it('is tried for what the example does not have', () => {
    expect(options.map(({ id }) => id)).toEqual(expect.arrayContaining(['cache-redis', 'infra-cdktf']));
  });

  it.each(options)(
    '--$definition.group.id $definition.option proves what it claims',
    async ({ id: feature, definition, files }) => {
      const checks = checksOf(definition.group?.id, definition.option);
      const carried = [...new Set(files.flatMap(({ kind }) => kind ?? []))];
      const cwd = temporary();
      const project = join(cwd, 'my-api');
      const flags = [`--${definition.group?.id}`, definition.option ?? ''];
      expect(await run(['my-api', ...flags, ...RENDER_ONLY], { cwd })).toMatchObject({ status: 0 });
      expect(checks.length).toBeGreaterThan(0);

      // What both projects depend on is then the same, and known to install.
      copyFileSync(join(EXAMPLE, 'package-lock.json'), join(project, 'package-lock.json'));
      const installed = await runNpm(['install', '--no-audit', '--no-fund'], project);
      if (installed.status !== 0) throw new Error(`npm install failed:\n${installed.output}`);
      const generated = await runNpm(['run', 'generate'], project);
      if (generated.status !== 0) throw new Error(`npm run generate failed:\n${generated.output}`);

      const env = { ...(await node24Environment()), CI: 'true' };
      const wanted = [
        'lint',
        'types',
        'unit',
        'build',
        ...[...checks, ...checksOfOwners(carried), ...checksOfPartners(feature)].map(({ id }) => id),
      ];
      const { status, output } = await execute(['node', 'scripts/verify.mjs', ...wanted], {
        cwd: project,
        env,
      });
      if (status !== 0) throw new Error(`verify ended with ${status}:\n${output}`);
    },
  );
});
