import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE, installExample, runNpm } from './support/example.ts';

/** What `npm run verify` writes: each check with how it went. */
type Report = readonly {
  readonly id: string;
  readonly status: string;
  readonly claims: readonly string[];
}[];

const REPORT = join(EXAMPLE, 'reports', 'verify.json');

/** Only what needs Docker may be skipped, and only where Docker does not answer and nobody asked for everything. */
const mustRunAll = process.env['CI'] === 'true' || spawnSync('docker', ['version']).status === 0;
const SKIPPABLE: readonly string[] = mustRunAll ? [] : ['image'];

/** There is nothing to compare with before a first release. */
const NEED_A_RELEASE: readonly string[] = ['previous-release', 'openapi-breaking'];
/** Their images come from registries, which GitHub's machines reach. */
const NEED_A_REGISTRY = process.env['GITHUB_ACTIONS'] === 'true' ? [] : ['observability-compose'];

function report(): Report {
  return JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
}

describe('examples/todo', () => {
  it('proves every claim that it makes: npm run verify', async () => {
    await installExample();
    rmSync(REPORT, { force: true });
    const { status, output } = await runNpm(['run', 'verify'], EXAMPLE, mustRunAll ? { CI: 'true' } : {});
    if (!existsSync(REPORT)) throw new Error(`npm run verify wrote no report:\n${output}`);

    const checks = report();
    const skipped = checks.filter((check) => check.status === 'skipped' && SKIPPABLE.includes(check.id));
    for (const check of skipped) process.stderr.write(`skipped: ${check.id}: ${JSON.stringify(check)}\n`);
    const early = checks.filter(
      (check) =>
        check.status === 'not applicable' && [...NEED_A_RELEASE, ...NEED_A_REGISTRY].includes(check.id),
    );
    const failed = checks.filter(
      (check) => check.status !== 'passed' && !skipped.includes(check) && !early.includes(check),
    );
    if (failed.length > 0) throw new Error(`${JSON.stringify(failed, null, 2)}\n${output}`);
    expect({ status, checks: checks.length > 5 }).toEqual({ status: 0, checks: true });
  });

  it('tells its readers each claim that a check proves', () => {
    const readme = readFileSync(join(EXAMPLE, 'README.md'), 'utf8');
    const claims = report().flatMap((check) => check.claims);
    expect(claims.filter((claim) => !readme.includes(claim))).toEqual([]);
  });
});
