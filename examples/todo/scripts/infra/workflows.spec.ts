import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly steps: readonly Step[];
}

const read = (name: string): Readonly<Record<string, Job>> =>
  (parse(readFileSync(join('.github', 'workflows', name), 'utf8')) as { jobs: Record<string, Job> }).jobs;

const jobs = read('infra.yml');
const job = (name: string): Job => jobs[name] ?? { steps: [] };
const artifact = ({ steps }: Job, action: string) =>
  steps.find(({ uses }) => uses?.startsWith(`actions/${action}@`))?.with;
const roles = ({ steps }: Job) => steps.flatMap((step) => step.with?.['role-to-assume'] ?? []);

describe('the pipeline of the infrastructure', () => {
  it('comments a pull request with the plan, by the role that only reads', () => {
    const { if: condition, steps } = job('preview');
    expect(condition).toContain('head.repo.full_name == github.repository');
    expect(roles(job('preview'))).toEqual(['${{ vars.AWS_PLAN_ROLE_ARN }}']);
    const runs = steps.flatMap(({ run }) => run ?? []);
    expect(runs).toEqual([
      expect.stringMatching(/plan\.mjs .* preview$/),
      expect.stringContaining('gh pr comment'),
    ]);
  });

  it.each(['staging', 'production'])(
    'applies to %s the saved plan of the same commit, and no other',
    (environment) => {
      const [plan, apply] = [job(`plan-${environment}`), job(`apply-${environment}`)];
      const name = `plan-${environment}-\${{ github.sha }}`;
      expect(artifact(plan, 'upload-artifact')).toMatchObject({
        name,
        path: `infra/environments/${environment}/${environment}.tfplan`,
      });
      expect(artifact(apply, 'download-artifact')).toEqual({
        name,
        path: `infra/environments/${environment}`,
      });
      const applies = Object.values(jobs).flatMap(({ steps }) =>
        steps.flatMap(({ run }) => run?.match(/terraform apply.*/) ?? []),
      );
      expect(applies).toContain(`terraform apply -input=false -lock-timeout=5m ${environment}.tfplan`);
      expect(applies).toHaveLength(2);
      expect([plan.environment, apply.environment]).toEqual([environment, environment]);
    },
  );

  it('waits for an approval before production', () => {
    expect(job('apply-production').needs).toContain('approve-production');
    expect(job('apply-production').if).toContain("needs.approve-production.result == 'success'");
    expect(job('approve-production').environment).toBe('production-approval');
  });
});

it('the pipeline that looks for drift changes nothing but issues', () => {
  const { drift } = read('drift.yml');
  const runs = (drift?.steps ?? []).map(({ run = '' }) => run).join('\n');
  expect(runs).toContain('plan.mjs "$ENVIRONMENT" preview');
  expect(runs).not.toContain('apply');
});
