import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readConfiguration, readState } from './blocks.mjs';
import { check } from './rules.mjs';

/** What the policy says of a text in Terraform's language, or in its JSON, without where it is. */
async function judge(text: string, file = 'main.tf'): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  try {
    writeFileSync(join(folder, file), text);
    return check(await readConfiguration(folder)).map((problem) =>
      problem.replace(/^.*?: .*?: /, '').replace(basename(folder), 'staging'),
    );
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

  it('lets nobody but the tasks into the database', async () => {
    const group = (address: string, values: object = {}) => ({
      ...{ address, mode: 'managed', type: 'aws_security_group', name: address.split('.').at(-1) },
      values: { id: address, ...values },
    });
    const rule = (type: string, values: object) => ({
      ...{ address: `module.x.${type}.a`, mode: 'managed', type, name: 'a' },
      values: { security_group_id: 'module.database.aws_security_group.this', from_port: 5432, ...values },
    });
    const ingress = 'aws_vpc_security_group_ingress_rule';
    const tasks = ['service', 'migration'].map((name) => `module.service.aws_security_group.${name}`);
    const problems = async (...planted: object[]) => {
      const resources = [
        group('module.database.aws_security_group.this'),
        ...['module.load_balancer.aws_security_group.this', ...tasks].map((address) => group(address)),
        ...tasks.map((id) => rule(ingress, { referenced_security_group_id: id })),
        {
          ...{ address: 'module.database.aws_db_instance.this', mode: 'managed', name: 'this' },
          type: 'aws_db_instance',
          values: { vpc_security_group_ids: ['module.database.aws_security_group.this'] },
        },
        ...planted,
      ];
      const broken = check(await readState('infra/x', { root_module: { resources } }));
      return broken.filter((problem) => problem.endsWith('lets in others than the tasks'));
    };
    const balancer = { referenced_security_group_id: 'module.load_balancer.aws_security_group.this' };
    expect(await problems()).toEqual([]);
    expect(await problems(rule(ingress, { ...balancer, security_group_id: 'another' }))).toEqual([]);
    expect(await problems(rule('aws_security_group_rule', { type: 'egress' }))).toEqual([]);
    for (const planted of [
      rule(ingress, balancer),
      rule(ingress, { cidr_ipv4: '10.0.0.0/8' }),
      rule(ingress, { prefix_list_id: 'pl-1' }),
      rule('aws_security_group_rule', { type: 'ingress', cidr_blocks: ['10.0.0.0/8'] }),
      group('module.database.aws_security_group.this', { ingress: [{ from_port: 5432 }] }),
    ])
      expect([planted, await problems(planted)]).toEqual([planted, [expect.any(String)]]);
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

  it('judges JSON as it judges the language', async () => {
    const text = `
      terraform {
        required_version = ">= 1.5"
        backend "s3" { use_lockfile = false }
      }
      provider "aws" {
        default_tags { tags = { environment = "elsewhere" } }
      }
      variable "a" { type = any }
      module "a" { source = "git::https://example.com/a" }
      resource "aws_lb_listener" "a" {
        protocol = "HTTP"
        default_action {
          type = "redirect"
          redirect { protocol = "HTTP" }
        }
      }
      resource "aws_kms_key" "a" {
        lifecycle { prevent_destroy = false }
      }
      locals { rights = { Sid = "All", Effect = "Allow", Action = "s3:*", Resource = "*" } }`;
    const json = {
      '//': { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::a' },
      terraform: { required_version: '>= 1.5', backend: { s3: { use_lockfile: false } } },
      provider: { aws: { default_tags: { tags: { environment: 'elsewhere' } } } },
      variable: { a: { '//': 'a comment', type: 'any' } },
      module: { a: { source: 'git::https://example.com/a' } },
      resource: {
        aws_lb_listener: {
          a: {
            protocol: 'HTTP',
            default_action: { type: 'redirect', redirect: { protocol: 'HTTP' } },
          },
        },
        aws_kms_key: { a: [{ lifecycle: [{ prevent_destroy: false }] }] },
      },
      locals: { rights: { Sid: 'All', Effect: 'Allow', Action: 's3:*', Resource: '*' } },
    };
    const problems = await judge(text);
    expect(problems.length).toBeGreaterThan(8);
    expect((await judge(JSON.stringify(json), 'main.tf.json')).sort()).toEqual(problems.sort());
  });
});
