import { builtinModules } from 'node:module';
import { readdirSync } from 'node:fs';
import { loadApi } from '../support/api.ts';
import { run } from '../support/cli.ts';
import { temporary } from '../support/temporary.ts';

const { plan, InputError } = await loadApi();

/** Names that are fine as they are, however odd. */
const ACCEPTED = [
  'my-api',
  'a',
  '0',
  '3d-printer',
  '007',
  'my.api',
  'my_api',
  'my--api',
  'a.b_c-d',
  'x'.repeat(214),
  `${'long-'.repeat(42)}name`,
  '@acme/my-api',
  '@acme/3d',
  '@a/b',
  '@my-org/my.service',
  'select',
  'user',
  'order',
  'table',
  'public',
  'postgres',
  'template1',
  'pg_stat',
  'pg-boss',
  'rds-proxy',
  'aws-tools',
  'ssm-agent',
  'internal-api',
  'sg-tools',
  'latest',
  'console-api',
  'connect',
  'auxiliary',
  'com',
  'lpt',
  'null',
  'true',
  'nan',
  'test',
  'node',
  'npm',
  'constructor',
  'prototype',
  'hasownproperty',
] as const;

/** Names that can't be used, each for its own reason. */
const REFUSED = [
  '',
  ' ',
  '\t',
  '..',
  '.',
  '../x',
  '../../etc/passwd',
  '/etc/passwd',
  'C:\\Windows',
  'a/b',
  'a\\b',
  './a',
  'Bad@@Name!',
  'My-Api',
  'MYAPI',
  'myApi',
  'my api',
  ' my-api',
  'my-api ',
  'my-api.',
  '-rf',
  '--yes',
  '_private',
  '.hidden',
  '.git',
  'con',
  'prn',
  'aux',
  'nul',
  'com1',
  'lpt9',
  'nul.txt',
  'CON',
  'node_modules',
  'favicon.ico',
  'fs',
  'http',
  'stream',
  'x'.repeat(215),
  'é'.repeat(300),
  'my-api\u0000',
  'my\napi',
  'my-api\u001b[31m',
  'my-api\u007f',
  'my\u200bapi',
  'my\u202eapi',
  'my-ápi',
  'мой-апи',
  'ｍｙ-ａｐｉ',
  '我的服务',
  'my-api-🚀',
  '🚀',
  '@',
  '@/',
  '@acme',
  '@acme/',
  '@/my-api',
  '@Acme/My-Api',
  '@acme/a/b',
  '@acme/..',
  '@_acme/api',
  'a@b',
  'a:b',
  'a*b',
  'a?b',
  'a"b',
  "a'b",
  'a<b>',
  'a|b',
  '$(reboot)',
  '`reboot`',
  '${HOME}',
  '%PATH%',
  '{{name}}',
  '~',
  '~/my-api',
  'a;b',
  'a&&b',
  'a#b',
  'a=b',
  'a,b',
  'a+b',
  'a(b)',
  'a[b]',
] as const;

/** What npm's own package.json schema asks of a name. */
const NPM = /^(?:@[a-z0-9-~][a-z0-9-._~]*\/)?[a-z0-9-~][a-z0-9-._~]*$/;
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
const DOCKER = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/;
const AWS = /^(?!aws|ssm|internal-|sg-)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const POSTGRESQL = /^(?!pg_|rds)[a-z][a-z0-9_]*$/;
const POSTGRESQL_TAKEN = [
  'postgres',
  'template0',
  'template1',
  'public',
  'none',
  'select',
  'user',
  'order',
  'table',
];

async function expectUsable(name: string): Promise<void> {
  const { service } = (await plan({ name })).resolution;
  const folder = name.split('/').at(-1) ?? '';
  expect(service.packageName).toBe(name);
  expect(name).toMatch(NPM);
  expect(name.length).toBeLessThanOrEqual(214);
  expect(builtinModules).not.toContain(name);
  expect(folder).not.toMatch(WINDOWS_DEVICE);
  expect(folder).not.toMatch(/^[.-]|[. ]$/);
  expect(service.slug).toMatch(DOCKER);
  expect(service.slug).toMatch(AWS);
  expect(service.slug.length).toBeLessThanOrEqual(40);
  expect(service.slug.length).toBeGreaterThanOrEqual(2);
  expect(service.database).toMatch(POSTGRESQL);
  expect(service.database.length).toBeLessThanOrEqual(40);
  expect(POSTGRESQL_TAKEN).not.toContain(service.database);
  expect(service.title.trim()).not.toBe('');
}

function shown(name: string): readonly [string, string] {
  return [JSON.stringify(name.length > 40 ? `${name.slice(0, 20)}… (${name.length})` : name), name];
}

describe('a name', () => {
  it('is tried in at least 60 ways', () => {
    expect(new Set<string>([...ACCEPTED, ...REFUSED]).size).toBeGreaterThanOrEqual(60);
  });

  it.each(ACCEPTED.map(shown))('is accepted with forms that fit everywhere: %s', async (_, name) => {
    await expectUsable(name);
  });

  it.each(REFUSED.map(shown))('is refused with one that works: %s', async (_, name) => {
    const error = await plan({ name }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(InputError);
    const { code, what, remedy } = error as InstanceType<typeof InputError>;
    expect(code).toMatch(/^name-/);
    expect(what).toMatch(/^".*" can't be the name of a service: .+\.$/u);
    // Nothing that a terminal would obey, or that would turn the text around.
    expect(what).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    const suggestion = /^Use "([^"]+)" instead/.exec(remedy)?.[1] ?? '';
    await expectUsable(suggestion);
  });

  it.each([
    ['My-Api', 'my-api'],
    ['myApi', 'my-api'],
    ['my api', 'my-api'],
    ['my-ápi', 'my-api'],
    ['_private', 'private'],
    ['con', 'con-api'],
    ['fs', 'fs-api'],
    ['@Acme/My-Api', '@acme/my-api'],
    ['x'.repeat(215), 'x'.repeat(214)],
    ['🚀', 'my-api'],
  ])('that is refused leads to the closest one: %j', async (name, closest) => {
    await expect(plan({ name })).rejects.toThrow(`Use "${closest}" instead`);
  });

  it('that differs from another only at its end keeps forms of its own', async () => {
    const names = ['a', 'b'].map((end) => `${'very-long-'.repeat(10)}${end}`);
    const services = await Promise.all(names.map(async (name) => (await plan({ name })).resolution.service));
    expect(new Set(services.map(({ slug }) => slug)).size).toBe(2);
    expect(new Set(services.map(({ database }) => database)).size).toBe(2);
  });
});

describe('as a directory', () => {
  const refused = [
    '../x',
    '/',
    'a/../../b',
    'Bad@@Name!',
    'con',
    'my-api-🚀',
    'my\napi',
    '\u001b[31mred',
    'fs',
    '~/my-api',
    ' ',
    'x'.repeat(215),
  ];

  it.each(refused.map(shown))('the program refuses %s, and says what works', async (_, directory) => {
    const cwd = temporary();
    const { status, stdout, stderr } = await run([directory, '--yes', '--no-install', '--no-git', '--json'], {
      cwd,
    });
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    const { error } = JSON.parse(stdout) as { error: { code: string; remedy: string } };
    expect(error.code).toMatch(/^(name|directory)-/);
    const suggestion = /"([^"]+)"/.exec(error.remedy)?.[1] ?? '';
    await expectUsable(suggestion);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it.each([
    ['my-api', 'my-api', 'my-api'],
    ['./my-api/', 'my-api', 'my-api'],
    ['apps/deep/my-api', 'apps/deep/my-api', 'my-api'],
    ['@acme/my-api', 'my-api', '@acme/my-api'],
    ['2048', '2048', '2048'],
  ])('the program reads %s', async (given, directory, name) => {
    const { stdout } = await run([given, '--yes', '--dry-run', '--json'], { cwd: temporary() });
    expect(JSON.parse(stdout)).toMatchObject({ directory, answers: { name } });
  });

  it('takes another name than the directory with --name', async () => {
    const args = ['Bad Folder', '--name', 'good-name', '--yes', '--dry-run', '--json'];
    const { stdout } = await run(args, { cwd: temporary() });
    expect(JSON.parse(stdout)).toMatchObject({ directory: 'Bad Folder', answers: { name: 'good-name' } });
  });
});
