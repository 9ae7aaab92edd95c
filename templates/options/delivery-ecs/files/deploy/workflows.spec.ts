import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly steps: readonly Step[];
}

const folder = join('.github', 'workflows');
const jobsOf = (name: string): Readonly<Record<string, Job>> =>
  (parse(readFileSync(join(folder, name), 'utf8')) as { jobs: Record<string, Job> }).jobs;
const all = readdirSync(folder).flatMap((name) => Object.entries(jobsOf(name)));
const { build, image, staging, approval, production, notes } = jobsOf('cd.yml');
const runs = (job: Job | undefined) => (job?.steps ?? []).flatMap(({ run }) => run ?? []);
const releases = ({ steps }: Job) => steps.some(({ run = '' }) => /cli\.ts (deploy|rollback) /.test(run));
const imageOf = (job: Job | undefined) => job?.steps.flatMap(({ env }) => env?.IMAGE ?? []);

describe('the pipelines', () => {
  it('build one image, with provenance and a bill of materials, and scan it', () => {
    const builds = all.flatMap(([, { steps }]) =>
      steps.filter(({ uses }) => uses?.startsWith('docker/build-push-action@')),
    );
    for (const { with: inputs } of builds)
      expect(inputs).toMatchObject({ provenance: 'mode=max', sbom: true });
    expect(builds.filter(({ with: inputs }) => inputs?.push)).toHaveLength(1);
    expect(all.flatMap(([, job]) => runs(job)).filter((run) => /docker .*(build|push)/.test(run))).toEqual(
      [],
    );
    const scan = image?.steps.find(({ uses }) => uses?.startsWith('aquasecurity/trivy-action@'));
    expect(scan?.with).toMatchObject({ 'exit-code': '1', severity: 'HIGH,CRITICAL', 'ignore-unfixed': true });
    expect(scan?.with?.['image-ref']).toBe('${{ steps.name.outputs.image }}');
    const [built] = builds.filter(({ with: inputs }) => inputs?.push);
    expect(scan?.env?.TRIVY_PLATFORM).toBe(built?.with?.platforms);
    expect(scan).not.toHaveProperty('if');
  });

  it('hand the same digest to staging and to production', () => {
    const digest = '${{ inputs.image || needs.build.outputs.digest }}';
    expect([staging, approval, production].map(imageOf)).toEqual([[digest], [digest], [digest]]);
    expect(imageOf(image)?.[0]).toBe(digest);
  });

  it('release no image to either environment that they have not attested to have built', () => {
    const isPublic = '${{ !github.event.repository.private }}';
    const attest = build?.steps.find(({ uses }) => uses?.startsWith('actions/attest@'));
    const verify = image?.steps.find(({ run = '' }) => run.includes('gh attestation verify'));
    expect([attest?.if, verify?.if]).toEqual([isPublic, isPublic]);
    expect(verify?.run).toMatch(
      /verify "oci:\/\/\$IMAGE"[^]* --signer-workflow "\$GITHUB_REPOSITORY\/\.github\/workflows\/cd\.yml"/,
    );
    expect(image?.permissions).toHaveProperty('attestations', 'read');
    expect(image).not.toHaveProperty('continue-on-error');
  });

  it('go on only from what has succeeded: a job that ran out of time has neither failed nor ended the run', () => {
    expect(image?.if).toContain("needs.checks.result == 'success' && needs.build.result == 'success'");
    expect(staging?.if).toBe("${{ !cancelled() && needs.image.result == 'success' }}");
    for (const job of [approval, production]) expect(job?.if).toContain("needs.staging.result == 'success'");
    for (const [, { if: condition = '' }] of all) expect(condition).not.toContain('!failure()');
  });

  it('hand a cancelled run on to the tool, which then says in what state it leaves things', () => {
    const commands = all
      .flatMap(([, job]) => runs(job))
      .filter((run) => /cli\.ts (deploy|rollback)/.test(run));
    expect(commands).toHaveLength(5);
    // GitHub signals the process that it has started, and no other one.
    for (const command of commands) expect(command).toMatch(/^exec node deploy\/cli\.ts /);
  });

  it('build without a cache that other jobs can write to', () => {
    const inputs = (build?.steps ?? []).flatMap(({ with: all = {} }) => Object.keys(all));
    expect(inputs).toContain('provenance');
    expect(inputs.filter((name) => name.startsWith('cache-'))).toEqual(['cache-binary']);
  });

  it('release to staging by themselves, and to production what staging has verified, once a person says so', () => {
    expect([staging?.environment, production?.environment]).toEqual(['staging', 'production']);
    expect(staging?.needs).toEqual(['build', 'image']);
    expect(production?.needs).toContain('staging');
    expect(production?.if?.replaceAll(/\s+/g, ' ')).toContain(
      "(needs.approval.result == 'success' || (github.event_name == 'workflow_dispatch' && vars.PRODUCTION_APPROVAL != 'reviewers'))",
    );
    expect(approval?.if).not.toContain('github.event_name');
    expect(approval?.environment).toBe('production-approval');
  });

  it('keep releases and rollbacks of an environment apart, and never cancel one half-way', () => {
    const groups = all
      .filter(([, job]) => releases(job))
      .map(([, { environment = '', concurrency }]) => {
        expect(concurrency).toEqual({ group: `release-${environment}`, 'cancel-in-progress': false });
        return environment;
      });
    expect(groups.sort()).toEqual(['${{ inputs.environment }}', 'production', 'staging', 'staging']);
    // A job that waits for a reviewer holds a group of its own, in which what is newer takes its place.
    expect(approval?.concurrency).toEqual({ group: 'approval-production', 'cancel-in-progress': true });
  });

  it('call the commands of a person: those roll back what fails, and then fail themselves', () => {
    expect(runs(staging)).toEqual(['exec node deploy/cli.ts deploy --environment staging --image "$IMAGE"']);
    expect(runs(production)).toEqual([
      'exec node deploy/cli.ts deploy --environment production --image "$IMAGE"',
    ]);
    for (const job of [staging, production]) expect(job).not.toHaveProperty('continue-on-error');
    expect(notes?.if).toContain("needs.production.result == 'success'");
  });

  it('go back with nothing but the name of an environment', () => {
    const { inputs } = (
      parse(readFileSync(join(folder, 'rollback.yml'), 'utf8')) as {
        on: { workflow_dispatch: { inputs: Record<string, { required: boolean }> } };
      }
    ).on.workflow_dispatch;
    const required = Object.entries(inputs).filter(([, input]) => input.required);
    expect(required.map(([name]) => name)).toEqual(['environment']);
  });

  it('go back and forth on staging each month', () => {
    const [back = '', proof = '', forth = ''] = runs(jobsOf('rollback-drill.yml').drill).slice(-3);
    expect(back).toBe('exec node deploy/cli.ts rollback --environment staging');
    expect(proof).toContain('exit 1');
    expect(forth).toBe('exec node deploy/cli.ts deploy --environment staging --image "$IMAGE"');
  });

  it('mark on dashboards what they do', () => {
    const steps = all
      .flatMap(([, job]) => job.steps)
      .filter(({ run = '' }) => /cli\.ts (deploy|rollback) /.test(run));
    expect(steps).toHaveLength(5);
    for (const { env } of steps)
      expect(env).toMatchObject({
        GRAFANA_URL: '${{ vars.GRAFANA_URL }}',
        GRAFANA_TOKEN: '${{ secrets.GRAFANA_TOKEN }}',
      });
  });

  it('deploy with no action, which would take any end for a good one', () => {
    expect(
      all.flatMap(([, { steps }]) => steps).filter(({ uses }) => uses?.includes('amazon-ecs-deploy')),
    ).toEqual([]);
  });
});
