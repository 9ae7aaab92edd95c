import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/root.ts';
import { temporary } from '../support/temporary.ts';
import { variants } from './bench/variants.mjs';
import { EXAMPLE, execute, node24Environment, renderInstalled, runNpm } from './support/example.ts';

/** How fast they are depends on the machine; that they answer, log and count does not. */
describe('the benchmark of the service', () => {
  it('gets an answer to every request from everything that it compares', async () => {
    const project = await renderInstalled(temporary());
    // The adapter that the service does not use goes into packages of its own.
    rmSync(join(project, 'node_modules'));
    cpSync(join(EXAMPLE, 'node_modules'), join(project, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      dependencies: Readonly<Record<string, string>>;
    };
    const express = `@nestjs/platform-express@${dependencies['@nestjs/core']}`;
    const flags = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    expect(await runNpm(['install', ...flags, express], project)).toMatchObject({ status: 0 });
    expect(await runNpm(['run', 'build'], project)).toMatchObject({ status: 0 });

    const short = ['--rounds', '1', '--seconds', '1', '--warm-up', '1'];
    const { output } = await execute(
      ['node', join(root, 'scripts', 'bench-service.mjs'), '--service', project, ...short],
      { cwd: root, env: await node24Environment() },
    );
    const rates = [...output.matchAll(/^\| (\w+ \w+): (.+?) +\| +(\d+) \|/gm)].map(
      ([, scenario, title, rate]) => ({ scenario, title, answers: Number(rate) > 0 }),
    );
    const expected = ['read one', 'list 20'].flatMap((scenario) =>
      variants.map(({ title }) => ({ scenario, title, answers: true })),
    );
    if (rates.length === 0) throw new Error(output);
    expect(rates).toEqual(expected);
    expect(output).not.toContain('requests were answered');
  });
});
