import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '#stacks/app';
import type { Environment } from '#stacks/environment';
import { production } from '#stacks/production';
import { readConfiguration } from '../policy/blocks.mjs';

interface Root {
  readonly locals: Readonly<Record<string, string>>;
  readonly module: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly output: Readonly<Record<string, { readonly value: string; readonly sensitive?: boolean }>>;
  readonly provider: { readonly aws: readonly unknown[] };
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly variable: Readonly<Record<string, unknown>>;
}

interface Service {
  readonly database: { readonly poolSize: number };
}

const roots = new Map(
  [...synthesize()].map(([environment, text]) => [environment, JSON.parse(text) as Root] as const),
);

function rootOf(environment: string): Root {
  const root = roots.get(environment);
  if (!root) throw new Error(`There is no stack ${environment}.`);
  return root;
}

const argumentsOf = (environment: string) => rootOf(environment).module.environment ?? {};

describe('the stacks', () => {
  it('are staging and production', () => {
    expect([...roots.keys()].sort()).toEqual(['production', 'staging']);
  });

  it('give the same bytes each time', () => {
    expect([...synthesize()]).toEqual([...synthesize()]);
  });

  it('are what is committed', () => {
    for (const [environment, text] of synthesize())
      expect(readFileSync(join('infra', 'environments', environment, 'cdk.tf.json'), 'utf8')).toBe(text);
  });

  it('carry a value into what is applied', () => {
    const [text = ''] = synthesize({ production: { ...production, log_retention_days: 30 } }).values();
    expect((JSON.parse(text) as Root).module).toEqual({
      environment: { ...argumentsOf('production'), log_retention_days: 30 },
    });
  });
});

describe.each([...roots.keys()])('%s', (environment) => {
  it('A1: says which Terraform and which provider it takes', () => {
    expect(rootOf(environment).terraform).toMatchObject({
      required_version: '>= 1.11',
      required_providers: { aws: { source: 'hashicorp/aws', version: '~> 6.0' } },
    });
  });

  it('A2: keeps its state in S3, encrypted, with a lock file', () => {
    expect(rootOf(environment).terraform.backend).toEqual({
      s3: { key: `${environment}/terraform.tfstate`, encrypt: true, use_lockfile: true },
    });
  });

  it('A5, A15: has no resource and no right of its own, but what the modules make', () => {
    expect(Object.keys(rootOf(environment)).sort()).toEqual(
      ['//', 'locals', 'module', 'output', 'provider', 'terraform', 'variable'].sort(),
    );
    expect(Object.keys(rootOf(environment).module)).toEqual(['environment']);
    expect(argumentsOf(environment).source).toBe('../../modules/environment');
  });

  it('A8: tags everything with the environment by which roles are told apart', () => {
    const tags = { environment, service: '${local.service.name}' };
    expect(rootOf(environment).provider).toEqual({
      aws: [{ region: '${var.region}', default_tags: { tags } }],
    });
  });

  it('A11, A14: takes ports, timeouts and the pool from service.json', () => {
    expect(argumentsOf(environment).service).toBe('${local.service}');
    expect(rootOf(environment).locals.service).toBe(
      '${jsondecode(file("${path.module}/../../../service.json"))}',
    );
  });

  it('A11: leaves free connections in the middle of a release', () => {
    const { database, tasks } = argumentsOf(environment) as unknown as Environment;
    const { poolSize } = (JSON.parse(readFileSync('service.json', 'utf8')) as Service).database;
    // Twice the tasks, each with its pool and a connection for its health checks.
    expect(2 * tasks.max * (poolSize + 1)).toBeLessThanOrEqual(0.8 * database.max_connections);
  });

  it('A12, A13: has no secret in outputs or variables of the service', () => {
    for (const { value, sensitive } of Object.values(rootOf(environment).output)) {
      expect(value).toMatch(/^\$\{module\.environment\.\w+\}$/);
      expect(value).not.toMatch(/password|secret|token/);
      expect(sensitive).toBeUndefined();
    }
    const variables = Object.keys(argumentsOf(environment).environment_variables ?? {});
    expect(variables.filter((name) => /SECRET|PASSWORD|TOKEN|KEY/.test(name))).toEqual([]);
  });

  it('A17: deletes logs some day, but keeps them for a month', () => {
    expect(argumentsOf(environment).log_retention_days).toBeGreaterThanOrEqual(30);
  });

  it('says everything that the module asks for, and nothing else', async () => {
    const blocks = await readConfiguration(join('infra', 'modules', 'environment'));
    const variables = blocks.filter(({ kind }) => kind === 'variable');
    const { source, ...given } = argumentsOf(environment);
    expect(source).toBe('../../modules/environment');
    const required = variables.filter(({ body }) => !('default' in body)).map(({ name }) => name);
    expect(Object.keys(given)).toEqual(expect.arrayContaining(required));
    for (const [name, value] of Object.entries(given)) {
      const variable = variables.find((candidate) => candidate.name === name);
      // Terraform leaves out what a type doesn't have, without a word.
      const type = String(variable?.body.type);
      const isObject = typeof value === 'object' && value !== null && type.startsWith('${object(');
      const parts = isObject ? Object.keys(value) : [];
      const unknown = parts.filter((part) => !new RegExp(String.raw`\b${part}\s*=`).test(type));
      expect({ name, isKnown: variable !== undefined, unknown }).toEqual({
        name,
        isKnown: true,
        unknown: [],
      });
    }
  });

  it('asks for what terraform.tfvars says, and hands it on', () => {
    const text = readFileSync(join('infra', 'environments', environment, 'terraform.tfvars'), 'utf8');
    const said = [...text.matchAll(/^(\w+)\s*=/gm)].map(([, name = '']) => name);
    expect(Object.keys(rootOf(environment).variable).sort()).toEqual(said.sort());
    for (const name of said) expect(argumentsOf(environment)[name]).toBe(`\${var.${name}}`);
  });
});

describe('production', () => {
  it('A12, A19: production survives the loss of a zone, and a wrong click', () => {
    expect(argumentsOf('production')).toMatchObject({
      deletion_protection: true,
      network: { zone_count: 3, nat: 'per_zone' },
      database: { multi_az: true },
      waf_enabled: true,
    });
    const { database, tasks } = production;
    expect(database.backup_retention_days).toBeGreaterThanOrEqual(7);
    expect(tasks.min).toBeGreaterThanOrEqual(2);
  });

  it('refuses to serve without knowing its users', () => {
    expect(argumentsOf('production').allow_anonymous).toBe(false);
  });

  it('can be joined with staging: their networks do not overlap', () => {
    const [one, other] = ['production', 'staging'].map(
      (name) => argumentsOf(name).network as { cidr: string },
    );
    expect(one?.cidr).toMatch(/^10\.\d+\.0\.0\/16$/);
    expect(other?.cidr).toMatch(/^10\.\d+\.0\.0\/16$/);
    expect(one?.cidr).not.toBe(other?.cidr);
  });
});
