import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { execute, node24Environment, runNpm } from './support/example.ts';

describe('a project of pnpm', () => {
  it('installs, builds and passes its unit tests', async () => {
    const cwd = temporary();
    const project = join(cwd, 'my-api');
    // Packages that must find each other where only what a manifest names is found.
    const flags = ['--package-manager', 'pnpm', '--infra', 'cdktf'];
    expect(await run(['my-api', ...flags, ...RENDER_ONLY], { cwd })).toMatchObject({ status: 0 });
    const { packageManager = '' } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      packageManager?: string;
    };
    expect(packageManager).toMatch(/^pnpm@\d+\.\d+\.\d+$/);

    const tools = temporary();
    const quietly = ['--prefix', tools, '--no-audit', '--no-fund'];
    expect(await runNpm(['install', ...quietly, packageManager], tools)).toMatchObject({ status: 0 });
    const environment = await node24Environment();
    const env = {
      ...environment,
      PATH: `${join(tools, 'node_modules', '.bin')}:${environment['PATH'] ?? ''}`,
    };
    for (const command of [
      ['pnpm', 'install'],
      ['pnpm', 'install', '--frozen-lockfile'],
      ['pnpm', 'run', 'build'],
      ['pnpm', 'run', 'typecheck'],
      ['pnpm', 'run', 'generate'],
      ['pnpm', 'run', 'infra:synth', '--check'],
      ['pnpm', 'run', 'test'],
    ]) {
      const { status, output } = await execute(command, { cwd: project, env });
      if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${output}`);
    }
  });
});
