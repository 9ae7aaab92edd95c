import { makePlan } from './plan.ts';
import { filesOf, renderTree } from './render.ts';
import type { Registry } from './registry.ts';
import { resolve } from './resolve.ts';
import type { Answers } from './answers.ts';
import { feature, option, registryOf, templateFile, textFile } from './testing/registry.ts';

async function rendered(
  registry: Registry,
  answers: Answers = {},
): Promise<Readonly<Record<string, string>>> {
  const plan = makePlan(registry.version, resolve(registry, { name: 'my-api', ...answers }));
  return Object.fromEntries(
    filesOf(await renderTree(plan)).map(({ path, content }) => [path, content.toString()]),
  );
}

const api = feature(
  'api',
  {
    questions: [{ id: 'description', title: 'Description', type: 'text', default: 'A service' }],
    accepts: {
      packageJson: { mergeInto: 'package.json' },
      compose: { mergeInto: 'compose.yaml' },
      nestModules: 'template',
      nestProviders: 'template',
    },
  },
  {
    manifest: { dependencies: { zod: '4.0.0' }, devDependencies: {} },
    files: [
      templateFile(
        'package.json',
        '{"name":"{{service.packageName}}","scripts":{"start":"node dist/main.js"}}',
      ),
      textFile('compose.yaml', '# The local stack\nservices:\n  api:\n    build: . # this folder\n'),
      templateFile('modules.txt', '{{#each nestModules}}{{symbol}};{{/each}}'),
      templateFile(
        'provider.txt',
        '{{#with nestProvidersByToken.Repository}}{{useClass}}{{else}}Repository{{/with}}',
      ),
      templateFile('modules.json', '{{json nestModules}}'),
      templateFile('readme.md', '{{service.title}}: {{answers.description}}. `{{run "dev"}}`\n'),
      textFile('ci.yml', 'token: ${{ secrets.TOKEN }} {{method}} {{ $labels.x }}\n'),
    ],
  },
);

const redis = option(
  'cache',
  'redis',
  {
    contribute: () => ({
      packageJson: { scripts: { 'cache:clear': 'node scripts/clear.mjs' } },
      compose: { services: { redis: { image: 'redis:8' }, api: { depends_on: ['redis'] } } },
      nestModules: [{ symbol: 'CacheModule', from: './cache/cache.module' }],
      nestProviders: [
        { provide: 'Repository', useClass: 'CachedRepository', from: './cache/cached.repository' },
      ],
    }),
  },
  {
    manifest: { dependencies: { ioredis: '6.0.0' }, devDependencies: {} },
    files: [textFile('src/cache.ts', 'export {};\n'), textFile('dashboards/cache.json', '{}\n', 'adrs')],
  },
);

describe('render', () => {
  it('copies foreign syntax byte for byte and renders only templates', async () => {
    const files = await rendered(registryOf(api));
    expect(files['ci.yml']).toBe('token: ${{ secrets.TOKEN }} {{method}} {{ $labels.x }}\n');
    expect(files['readme.md']).toBe('My Api: A service. `npm run dev`\n');
  });

  it('leaves no trace of an option that is off', async () => {
    const files = await rendered(registryOf(api, redis));
    expect(Object.keys(files)).not.toContain('src/cache.ts');
    expect(Object.values(files).join('').toLowerCase()).not.toContain('ioredis');
    expect(files['provider.txt']).toBe('Repository');
  });

  it('merges contributions into the files of their owner', async () => {
    const files = await rendered(registryOf(api, redis), { cache: 'redis' });
    expect(JSON.parse(files['package.json'] ?? '')).toEqual({
      name: 'my-api',
      scripts: { start: 'node dist/main.js', 'cache:clear': 'node scripts/clear.mjs' },
      dependencies: { ioredis: '6.0.0', zod: '4.0.0' },
    });
    expect(files['compose.yaml']).toBe(
      '# The local stack\nservices:\n  api:\n    build: . # this folder\n    depends_on:\n      - redis\n  redis:\n    image: redis:8\n',
    );
    expect(files['modules.txt']).toBe('CacheModule;');
    expect(JSON.parse(files['modules.json'] ?? '')).toEqual([
      { symbol: 'CacheModule', from: './cache/cache.module' },
    ]);
    expect(files['provider.txt']).toBe('CachedRepository');
  });

  it('lets templates ask for an optional part of a contribution, and print contributions as JSON', async () => {
    const owner = feature(
      'api',
      {
        accepts: { requirements: 'template', checks: 'template' },
        contribute: () => ({
          requirements: [
            { id: 'A1', area: 'One', requirement: 'has a test', check: 'lint', test: 'it' },
            { id: 'A2', area: 'One', requirement: 'has none', check: 'lint' },
          ],
        }),
      },
      {
        checks: [
          { id: 'lint', title: 'Lint', command: 'npm run lint', claims: [], order: 10, job: 'static' },
        ],
        files: [
          templateFile('table.txt', '{{#each requirements}}{{id}}={{#if test}}{{test}}{{/if}};{{/each}}'),
          templateFile('checks.json', '{{json checks}}'),
        ],
      },
    );
    const files = await rendered(registryOf(owner));
    expect(files['table.txt']).toBe('A1=it;A2=;');
    expect(JSON.parse(files['checks.json'] ?? '')).toMatchObject([{ id: 'lint', order: 10 }]);
  });

  it('keeps the form of the YAML that it merges into', async () => {
    const text = 'services:\n  api:\n    cap_drop: [ALL]\n';
    const owner = feature(
      'api',
      { accepts: { compose: { mergeInto: 'compose.yaml' } } },
      { files: [textFile('compose.yaml', text)] },
    );
    const cache = option('cache', 'redis', {
      contribute: () => ({ compose: { services: { redis: { image: 'redis:8' } } } }),
    });
    const files = await rendered(registryOf(owner, cache), { cache: 'redis' });
    expect(files['compose.yaml']).toBe(`${text}  redis:\n    image: redis:8\n`);
  });

  it('drops the files of a contribution whose kind nobody owns', async () => {
    expect(Object.keys(await rendered(registryOf(api, redis), { cache: 'redis' }))).not.toContain(
      'dashboards/cache.json',
    );
    const owner = feature('observability', { accepts: { adrs: 'template' } });
    expect(Object.keys(await rendered(registryOf(api, owner, redis), { cache: 'redis' }))).toContain(
      'dashboards/cache.json',
    );
  });

  it.each([
    ['a value', '{{service.nam}}', 'service.nam'],
    ['a condition', '{{#if service.typo}}x{{/if}}', 'service.typo'],
    ['a list', '{{#each typos}}x{{/each}}', 'typos'],
    ['a kind that another feature owns', '{{#each adrs}}x{{/each}}', 'adrs'],
  ])('refuses an unknown name in %s', async (_, text, name) => {
    const broken = feature('broken', {}, { files: [templateFile('x.txt', text)] });
    await expect(rendered(registryOf(broken))).rejects.toThrow(
      `broken: x.txt: unknown name "${name}" in a template`,
    );
  });

  it('refuses two features that write one path', async () => {
    const other = feature('other', {}, { files: [textFile('ci.yml', 'other\n')] });
    await expect(rendered(registryOf(api, other))).rejects.toThrow('ci.yml');
  });

  it('refuses two features that replace one provider', async () => {
    const rival = option('store', 'x', {
      contribute: () => ({ nestProviders: [{ provide: 'Repository', useClass: 'Other', from: './other' }] }),
    });
    await expect(rendered(registryOf(api, redis, rival), { cache: 'redis', store: 'x' })).rejects.toThrow(
      'two features replace the provider Repository',
    );
  });

  it('refuses two features that log in to the database', async () => {
    const cloud = (group: string) =>
      option(group, 'x', {
        contribute: () => ({ databaseAccess: [{ symbol: 'access', from: `./${group}/access` }] }),
      });
    await expect(
      rendered(registryOf(api, cloud('cloud'), cloud('other')), { cloud: 'x', other: 'x' }),
    ).rejects.toThrow('two features say how the database is logged in to');
  });

  it('records version, answers and a hash of every file', async () => {
    const files = await rendered(registryOf(api));
    const manifest = JSON.parse(files['.prod-forge.json'] ?? '') as {
      version: string;
      files: Record<string, string>;
    };
    expect(manifest.version).toBe('1.2.3');
    expect(Object.keys(manifest.files)).toEqual(
      Object.keys(files).filter((path) => path !== '.prod-forge.json'),
    );
    expect(manifest.files['modules.txt']).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('gives the same bytes every time', async () => {
    const once = await rendered(registryOf(api, redis), { cache: 'redis' });
    expect(await rendered(registryOf(api, redis), { cache: 'redis' })).toEqual(once);
  });
});
