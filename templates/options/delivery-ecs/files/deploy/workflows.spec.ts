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
const { build, attestation, staging, approval, production, notes } = jobsOf('cd.yml');
const runs = (job: Job | undefined) => (job?.steps ?? []).flatMap(({ run }) => run ?? []);
const releases = ({ steps }: Job) => steps.some(({ run = '' }) => /--run (deploy|rollback) /.test(run));
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
    const scan = build?.steps.find(({ uses }) => uses?.startsWith('aquasecurity/trivy-action@'))?.with;
    expect(scan).toMatchObject({ 'exit-code': '1', severity: 'HIGH,CRITICAL', 'ignore-unfixed': true });
    expect(scan?.['image-ref']).toContain('@${{ steps.build.outputs.digest }}');
  });

  it('hand the same digest to staging and to production', () => {
    const digest = '${{ inputs.image || needs.build.outputs.digest }}';
    expect([attestation, staging, approval, production].map(imageOf)).toEqual([
      [digest],
      [digest],
      [digest],
      [digest],
    ]);
  });

  it('release no image to either environment that they have not attested to have built', () => {
    const isPublic = '!github.event.repository.private';
    const attest = build?.steps.find(({ uses }) => uses?.startsWith('actions/attest@'));
    expect([attest?.if, attestation?.if]).toEqual([
      `\${{ ${isPublic} }}`,
      `\${{ !failure() && !cancelled() && ${isPublic} }}`,
    ]);
    expect(runs(attestation)).toEqual([
      expect.stringMatching(
        /gh attestation verify "oci:\/\/\$REGISTRY\/\$name@\$IMAGE"[^]* --signer-workflow "\$GITHUB_REPOSITORY\/\.github\/workflows\/cd\.yml"/,
      ),
    ]);
    expect(attestation?.permissions).toHaveProperty('attestations', 'read');
    expect(attestation).not.toHaveProperty('continue-on-error');
    expect(staging?.needs).toContain('attestation');
    expect(staging?.if).toBe('${{ !failure() && !cancelled() }}');
    expect(production?.needs).toContain('staging');
  });

  it('build without a cache that other jobs can write to', () => {
    const inputs = (build?.steps ?? []).flatMap(({ with: all = {} }) => Object.keys(all));
    expect(inputs).toContain('provenance');
    expect(inputs.filter((name) => name.startsWith('cache-'))).toEqual(['cache-binary']);
  });

  it('release to staging by themselves, and to production what staging has verified, once a person says so', () => {
    expect([staging?.environment, production?.environment]).toEqual(['staging', 'production']);
    expect(staging?.needs).toEqual(['checks', 'build', 'attestation']);
    expect(production?.needs).toContain('staging');
    expect(production?.if).toContain("needs.staging.result == 'success'");
    expect(production?.if).toContain(
      "github.event_name == 'workflow_dispatch' || needs.approval.result == 'success'",
    );
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
    // A job that waits for a reviewer would hold the group.
    expect(approval).not.toHaveProperty('concurrency');
  });

  it('call the commands of a person: those roll back what fails, and then fail themselves', () => {
    expect(runs(staging)).toEqual(['node --run deploy -- --environment staging --image "$IMAGE"']);
    expect(runs(production)).toEqual(['node --run deploy -- --environment production --image "$IMAGE"']);
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

  it('take a way back each month that nobody may need', () => {
    expect(runs(jobsOf('rollback-drill.yml').drill).slice(-2)).toEqual([
      'node --run rollback -- --environment staging',
      'node --run deploy -- --environment staging --image "$IMAGE"',
    ]);
  });

  it('mark on dashboards what they do', () => {
    const steps = all
      .flatMap(([, job]) => job.steps)
      .filter(({ run = '' }) => /--run (deploy|rollback) /.test(run));
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
