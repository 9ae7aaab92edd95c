import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE, installExample, runNpm } from './support/example.ts';

interface Report {
  readonly checks: readonly { readonly id: string; readonly status: string; readonly reason?: string }[];
}

/** Checks that have nothing to check yet, with the reason: a project that was never released has no release before it. */
const NOT_APPLICABLE: readonly string[] = [];

describe('examples/todo', () => {
  it('proves every claim that it makes: npm run verify', async () => {
    await installExample();
    const path = join(EXAMPLE, 'reports', 'verify.json');
    rmSync(path, { force: true });
    const { status, output } = await runNpm(['run', 'verify'], EXAMPLE, { CI: 'true' });
    if (!existsSync(path)) throw new Error(`npm run verify wrote no report:\n${output}`);

    const { checks } = JSON.parse(readFileSync(path, 'utf8')) as Report;
    const expected = (id: string): string => (NOT_APPLICABLE.includes(id) ? 'not applicable' : 'passed');
    const failed = checks.filter((check) => check.status !== expected(check.id));
    if (failed.length > 0) throw new Error(`${JSON.stringify(failed, null, 2)}\n${output}`);
    expect({ status, checks: checks.length > 5 }).toEqual({ status: 0, checks: true });
  });

  it('claims in its README only what a check proves', () => {
    const readme = readFileSync(join(EXAMPLE, 'README.md'), 'utf8');
    const { checks } = JSON.parse(readFileSync(join(EXAMPLE, 'reports', 'verify.json'), 'utf8')) as Report;
    for (const { id } of checks) expect(readme).toContain(id);
  });
});
