import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration, readState } from './blocks.mjs';
import { check } from './rules.mjs';

/** What the policy says of a text in Terraform's language, without where it is. */
async function judge(text: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  try {
    writeFileSync(join(folder, 'main.tf'), text);
    return check(await readConfiguration(folder)).map((problem) => problem.replace(/^.*?: .*?: /, ''));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the policy', () => {
  it('finds rights within expressions', async () => {
    const statement = '{ Sid = "All", Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::a" }';
    const expected = ['All: an action with * allows what AWS adds tomorrow'];
    expect(await judge(`locals { rights = ${statement} }`)).toEqual(expected);
    expect(await judge(`locals { rights = { for k, v in local.x : k => [${statement}] } }`)).toEqual(
      expected,
    );
    expect(await judge(`locals { rights = jsonencode(merge(local.x, { a = [${statement}] })) }`)).toEqual(
      expected,
    );
  });

  it('wants to hear why a right has no resource, unless it is a denial or the policy of a resource', async () => {
    const policy = (before: string, more: string) =>
      judge(
        `locals {\n  rights = {\n    Action = "ecr:GetAuthorizationToken", ${more}\n${before}    Resource = "*"\n  }\n}\n`,
      );
    const expected = ['"*" needs a comment above it that says why'];
    expect(await policy('', 'Effect = "Allow"')).toEqual(expected);
    expect(await policy('    # There is none.\n', 'Effect = "Allow"')).toEqual([]);
    expect(await policy('', 'Effect = "Deny"')).toEqual([]);
    expect(await policy('', 'Effect = "Allow", Principal = { Service = "a" }')).toEqual([]);
  });

  it('leaves what an expression decides to the state', async () => {
    const subnet = (value: string) => `resource "aws_subnet" "a" { map_public_ip_on_launch = ${value} }`;
    const expected = ['map_public_ip_on_launch must be false'];
    expect(await judge(subnet('true'))).toEqual(expected);
    expect(await judge(subnet('var.public'))).toEqual([]);
    const resource = { address: 'module.a.aws_subnet.b', mode: 'managed', type: 'aws_subnet', name: 'b' };
    const state = (value: boolean) => ({
      root_module: {
        child_modules: [{ resources: [{ ...resource, values: { map_public_ip_on_launch: value } }] }],
      },
    });
    expect(check(await readState('infra/x', state(false)))).toEqual([]);
    expect(check(await readState('infra/x', state(true)))).toEqual([
      `infra/x: module.a.aws_subnet.b: ${expected[0]}`,
    ]);
  });

  it('reads the containers of a task definition', async () => {
    const containers = [
      { image: 'a:1', essential: true, user: '0', readonlyRootFilesystem: true, privileged: true },
    ];
    const text = JSON.stringify(JSON.stringify(containers));
    expect(await judge(`resource "aws_x" "a" { container_definitions = ${text} }`)).toEqual([
      'a container must not be privileged',
      'a container must not run as root',
    ]);
  });
});
