import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join('.github', 'workflows');
const read = (name: string) => parse(readFileSync(join(folder, name), 'utf8')) as Workflow;
const { on, jobs } = read('security.yml');
const IS_PUBLIC = '${{ !github.event.repository.private }}';

function inputsOf(action: string, { steps }: Job = { steps: [] }) {
  return steps.filter(({ uses = '' }) => uses.startsWith(`${action}@`)).map(({ with: inputs }) => inputs);
}

describe('the security scans', () => {
  it('run for each commit of main, and each week', () => {
    expect(on).toMatchObject({
      push: { branches: ['main'] },
      schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* [0-6]$/) as string }],
    });
  });

  it('hold the pipelines to zizmor at its most pedantic', () => {
    expect(inputsOf('zizmorcore/zizmor-action', jobs.zizmor)).toEqual([
      {
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
        persona: 'pedantic',
        'advanced-security': false,
      },
    ]);
    const exceptions = [
      ...readdirSync(folder).map((name) => join(folder, name)),
      join('.github', 'zizmor.yml'),
    ].flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => /zizmor: ignore|disable: true/.test(line)),
    );
    expect(exceptions.filter((line) => !/(?:ignore\[[\w-]+\]|true #) \w+/.test(line))).toEqual([]);
  });

  it('analyze the code and the pipelines with CodeQL', () => {
    expect(jobs.codeql).toMatchObject({
      strategy: { matrix: { language: ['javascript-typescript', 'actions'] } },
    });
    expect(inputsOf('github/codeql-action/init', jobs.codeql)).toHaveLength(1);
    expect(inputsOf('github/codeql-action/analyze', jobs.codeql)).toHaveLength(1);
  });

  it('score the repository each week, and leave a release a week before it is taken', () => {
    expect(inputsOf('ossf/scorecard-action', jobs.scorecard)).toEqual([
      expect.objectContaining({ publish_results: false }),
    ]);
    const { packageRules } = JSON.parse(readFileSync('renovate.json', 'utf8')) as {
      packageRules: readonly Record<string, unknown>[];
    };
    expect(packageRules).toContainEqual(
      expect.objectContaining({
        matchUpdateTypes: ['major', 'minor', 'patch'],
        minimumReleaseAge: '7 days',
      }),
    );
  });

  it('fail at a vulnerability that is corrected, in what is there and in what a pull request adds', () => {
    expect(inputsOf('aquasecurity/trivy-action', jobs.trivy)).toContainEqual(
      expect.objectContaining({ scanners: 'vuln', severity: 'HIGH,CRITICAL', 'exit-code': '1' }),
    );
    const review = read('dependency-review.yml');
    expect(Object.keys(review.on)).toEqual(['pull_request']);
    expect(inputsOf('actions/dependency-review-action', review.jobs.review)).toEqual([
      { 'fail-on-severity': 'high' },
    ]);
  });

  it('ask for what GitHub has free of charge in public repositories only there, and keep reports everywhere', () => {
    const { review } = read('dependency-review.yml').jobs;
    expect([jobs.codeql?.if, review?.if]).toEqual([IS_PUBLIC, IS_PUBLIC]);
    for (const job of [jobs.scorecard, jobs.trivy]) {
      expect(job).not.toHaveProperty('if');
      const [uploaded] = inputsOf('github/codeql-action/upload-sarif', job);
      const upload = job?.steps.find(({ with: inputs }) => inputs === uploaded);
      expect(upload?.if).toBe(IS_PUBLIC);
      expect(inputsOf('actions/upload-artifact', job)).toEqual([
        expect.objectContaining({ path: uploaded?.sarif_file }),
      ]);
    }
  });
});
