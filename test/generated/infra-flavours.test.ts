import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment, run, RENDER_ONLY } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';
import { execute } from './support/example.ts';

const ENVIRONMENTS = ['staging', 'production'];

/** Every variable of a root, and the mocks that its own tests have. */
const PLANNED = `mock_provider "aws" {
  source = "../../modules/environment/tests/mocks"
}

variables {
  region          = "eu-central-1"
  alarm_email     = "team@example.com"
  domain_name     = "api.example.com"
  hosted_zone_id  = "Z0123456789ABC"
  certificate_arn = null
}

run "plan" {
  command = plan
}
`;

/** What a plan would do, as Terraform says it: actions, values, and what only AWS knows. */
interface Plan {
  readonly resource_changes: readonly { readonly address: string }[];
  readonly output_changes: Readonly<Record<string, unknown>>;
}

const projects = new Map<string, string>();
const plugins = temporary();

/** Renders a project with that option; all are called the same, for names are among the values. */
async function project(option: string, cache: string): Promise<string> {
  const key = `${option} ${cache}`;
  const known = projects.get(key);
  if (known) return known;
  const cwd = temporary();
  const flags = ['--infra', option, '--cache', cache, ...RENDER_ONLY];
  const { status, stderr } = await run(['my-api', ...flags], { cwd });
  if (status !== 0) throw new Error(stderr);
  projects.set(key, join(cwd, 'my-api'));
  return join(cwd, 'my-api');
}

async function terraform(cwd: string, ...args: readonly string[]): Promise<string> {
  const env = {
    ...cleanEnvironment(),
    CHECKPOINT_DISABLE: '1',
    TF_CLI_ARGS: '-no-color',
    TF_PLUGIN_CACHE_DIR: plugins,
  };
  const { status, output } = await execute(['terraform', ...args], { cwd, env });
  if (status !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${status}:\n${output}`);
  return output;
}

/** Plans an environment with mocks. Values that AWS decides stay unknown, and so nothing in a plan is left to chance. */
async function plan(folder: string): Promise<Plan> {
  const tests = join(folder, 'parity');
  mkdirSync(tests, { recursive: true });
  writeFileSync(join(tests, 'parity.tftest.hcl'), PLANNED);
  await terraform(folder, 'init', '-backend=false', '-test-directory=parity');
  const output = await terraform(folder, 'test', '-json', '-verbose', '-test-directory=parity');
  const message = output.split('\n').find((line) => line.includes('"type":"test_plan"'));
  const { test_plan: planned } = JSON.parse(message ?? '{}') as { test_plan?: Plan };
  if (!planned) throw new Error(`terraform test printed no plan:\n${output.slice(0, 2000)}`);
  const { resource_changes, output_changes } = planned;
  return { resource_changes, output_changes };
}

const folderOf = async (option: string, environment: string, cache = 'none'): Promise<string> =>
  join(await project(option, cache), 'infra', 'environments', environment);

describe('--infra terraform and --infra cdktf', () => {
  it.each(ENVIRONMENTS)('plan the same resources with the same values for %s', async (environment) => {
    const expected = await plan(await folderOf('terraform', environment));
    const planned = await plan(await folderOf('cdktf', environment));
    expect(expected.resource_changes.length).toBeGreaterThan(100);
    expect(Object.keys(expected.output_changes)).toContain('deployment');
    expect(planned).toEqual(expected);
  });

  it('plan the same Redis', async () => {
    const expected = await plan(await folderOf('terraform', 'production', 'redis'));
    const planned = await plan(await folderOf('cdktf', 'production', 'redis'));
    expect(expected.resource_changes.map(({ address }) => address)).toContainEqual(
      expect.stringContaining('aws_elasticache_replication_group'),
    );
    expect(planned).toEqual(expected);
  });

  it('would be found to differ by a single value', async () => {
    const folder = await folderOf('cdktf', 'staging');
    const before = await plan(folder);
    const file = join(folder, 'cdk.tf.json');
    const text = readFileSync(file, 'utf8');
    const value = '"log_retention_days": 30';
    expect(text).toContain(value);
    writeFileSync(file, text.replace(value, '"log_retention_days": 60'));
    const after = await plan(folder);
    const differing = after.resource_changes.filter(
      (change, index) => JSON.stringify(change) !== JSON.stringify(before.resource_changes[index]),
    );
    expect(differing.map(({ address }) => address)).toContainEqual(
      expect.stringContaining('aws_cloudwatch_log_group'),
    );
  });
});
