import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporary } from '../support/temporary.ts';
import { EXAMPLE, execute, installExample, node24Environment, type Finished } from './support/example.ts';
import { git } from './support/git.ts';
import { checksOf, readWorkflow, withActionsOf, type Step } from './support/pipeline.ts';

/** What `verify` writes: each check with how it went. */
type Report = readonly {
  readonly id: string;
  readonly status: string;
  readonly claims: readonly string[];
}[];

/** Only what needs Docker may be skipped, and only where Docker does not answer and nobody asked for everything. */
const mustRunAll = process.env['CI'] === 'true' || spawnSync('docker', ['version']).status === 0;
const SKIPPABLE: readonly string[] = mustRunAll ? [] : ['image'];

/** There is nothing to compare with before a first release. */
const NEED_A_RELEASE: readonly string[] = ['previous-release', 'openapi-breaking'];
/** Their images come from registries, which GitHub's machines reach. */
const NEED_A_REGISTRY = process.env['GITHUB_ACTIONS'] === 'true' ? [] : ['observability-compose'];

/** What is left to GitHub, by how the step begins, and why. */
const LEFT_TO_GITHUB: Readonly<Record<string, string>> = {
  'actions/checkout@': 'the clone is made by the test',
  'actions/setup-node@': 'Node is that of the test',
  'actions/upload-artifact@': 'keeps files of the run at GitHub',
  'hashicorp/setup-terraform@': 'Terraform is that of the machine',
  'docker/setup-buildx-action@': 'the builder keeps its cache at GitHub',
  'docker/build-push-action@':
    'the builder keeps its cache at GitHub; the check image builds the same Dockerfile',
  'aquasecurity/trivy-action@': 'the scanner and what it knows come from registries',
  'sudo apt-get ': 'installs on a machine of GitHub',
  'cat vulnerabilities.txt ': 'shows what the scanner has written',
  'npm ci': 'is done once for all jobs',
};

const { env: shared, jobs } = readWorkflow(EXAMPLE, 'ci.yml');
const { gate, ...others } = jobs;
const runnable = Object.keys(others).filter((id) =>
  withActionsOf(EXAMPLE, others[id]?.steps ?? []).some((step) => !reasonToLeave(step)),
);
const reports = new Map<string, Report>();
let clone: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  await installExample();
  clone = join(temporary(), 'todo');
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--', EXAMPLE], { cwd: EXAMPLE, encoding: 'utf8' });
  for (const file of stdout.split('\0').filter(Boolean)) cpSync(join(EXAMPLE, file), join(clone, file));
  symlinkSync(join(EXAMPLE, 'node_modules'), join(clone, 'node_modules'), 'junction');
  environment = {
    ...(await node24Environment()),
    // Without Docker, tests take the database that comes with them.
    ...(mustRunAll ? { CI: 'true', ...shared } : {}),
    GITHUB_STEP_SUMMARY: join(temporary(), 'summary.md'),
  };
  await git(clone, 'init', '--quiet');
  // A link here, where a project has a folder, which its own .gitignore names.
  writeFileSync(join(clone, '.git', 'info', 'exclude'), 'node_modules\n');
  await git(clone, 'add', '--all');
  await git(clone, 'commit', '--quiet', '--message', 'feat: todo');
});

async function runStep({ run = '', env = {} }: Step): Promise<Finished> {
  return execute(['bash', '-e', '-c', run], { cwd: clone, env: { ...environment, ...env } });
}

function reasonToLeave(step: Step): string | undefined {
  return Object.entries(LEFT_TO_GITHUB).find(([beginning]) => textOf(step).startsWith(beginning))?.[1];
}

function textOf({ uses, run }: Step): string {
  return uses ?? run ?? '';
}

describe('ci.yml of examples/todo', () => {
  it('leaves to GitHub what has a reason, and no more', () => {
    const left = Object.values(others)
      .flatMap(({ steps }) => withActionsOf(EXAMPLE, steps))
      .map((step) => textOf(step));
    const unused = Object.keys(LEFT_TO_GITHUB).filter(
      (beginning) => !left.some((text) => text.startsWith(beginning)),
    );
    expect({ unused, wholly: Object.keys(others).filter((id) => !runnable.includes(id)) }).toEqual({
      unused: [],
      wholly: ['vulnerabilities', 'secrets'],
    });
  });

  it.each(runnable)('passes in the job %s, from a clean clone', async (id) => {
    await git(clone, 'clean', '-ffdxq', '--exclude', 'node_modules');
    for (const step of withActionsOf(clone, others[id]?.steps ?? [])) {
      if (reasonToLeave(step)) continue;
      // An action that nobody has thought of would be left out without a word.
      expect(step).toEqual(expect.objectContaining({ run: expect.any(String) }));
      const { status, output } = await runStep(step);
      if (status !== 0) throw new Error(`${step.run}\n${output}`);
    }
    reports.set(id, JSON.parse(readFileSync(join(clone, 'reports', 'verify.json'), 'utf8')) as Report);
  });

  it('runs each check in one job', () => {
    const checks = JSON.parse(readFileSync(join(EXAMPLE, 'scripts', 'checks.json'), 'utf8')) as Report;
    const ran = Object.values(others).flatMap((job) => checksOf(job));
    expect(ran.toSorted()).toEqual(checks.map(({ id }) => id).toSorted());
    expect([...reports.values()].flatMap((report) => report.map(({ id }) => id)).toSorted()).toEqual(
      ran.toSorted(),
    );
  });

  it('proves every claim that the example makes', () => {
    const checks = [...reports.values()].flat();
    const skipped = checks.filter((check) => check.status === 'skipped' && SKIPPABLE.includes(check.id));
    for (const check of skipped) process.stderr.write(`skipped: ${check.id}: ${JSON.stringify(check)}\n`);
    const early = checks.filter(
      (check) =>
        check.status === 'not applicable' && [...NEED_A_RELEASE, ...NEED_A_REGISTRY].includes(check.id),
    );
    const failed = checks.filter(
      (check) => check.status !== 'passed' && !skipped.includes(check) && !early.includes(check),
    );
    expect(failed).toEqual([]);
    expect(checks.length).toBeGreaterThan(5);
  });

  it('shows what its jobs have found', () => {
    const summary = readFileSync(environment['GITHUB_STEP_SUMMARY'] ?? '', 'utf8');
    expect([...reports.values()].flat().filter(({ id }) => !summary.includes(`| ${id} |`))).toEqual([]);
  });

  describe('has a gate', () => {
    it('that waits for every other job', () => {
      expect(gate?.needs?.toSorted()).toEqual(Object.keys(others).toSorted());
    });

    it.each([
      ['success success success', 0],
      ['success failure success', 1],
      ['success cancelled success', 1],
      ['success success skipped', 1],
    ])('that lets %s end with %d', async (results, status) => {
      const finished = await Promise.all(
        (gate?.steps ?? []).map(async (step) => runStep({ ...step, env: { RESULTS: results } })),
      );
      expect(finished.map((each) => each.status)).toEqual([status]);
    });
  });

  it('is told by the README with each claim that a check proves', () => {
    const readme = readFileSync(join(EXAMPLE, 'README.md'), 'utf8');
    const claims = [...reports.values()].flat().flatMap((check) => check.claims);
    expect(claims.filter((claim) => !readme.includes(claim))).toEqual([]);
  });
});
