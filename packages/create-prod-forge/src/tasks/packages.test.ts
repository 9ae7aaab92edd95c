import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { PackageManager } from '../engine/feature.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { generate, install } from './packages.ts';

const root = temporaryFolder();

const NPM: PackageManager = {
  name: 'npm',
  version: '11.0.0',
  lockfile: 'package-lock.json',
  manifests: ['package.json', 'package-lock.json'],
  setup: '',
  install: 'npm install --no-audit --no-fund --offline',
  ci: 'npm ci',
  ciProduction: 'npm ci --omit=dev',
  runPrefix: 'npm run',
};

let count = 0;
let directory: string;

beforeEach(() => {
  directory = join(root, `project-${count++}`);
  mkdirSync(directory);
});

test('installs with the real npm, and writes the lock file', async () => {
  manifest({ dependencies: { neighbour: 'file:neighbour' } });
  mkdirSync(join(directory, 'neighbour'));
  writeFileSync(join(directory, 'neighbour/package.json'), '{"name":"neighbour","version":"1.0.0"}');
  await expect(install(directory, NPM)).resolves.toEqual({ ok: true });
  expect(readFileSync(join(directory, 'package-lock.json'), 'utf8')).toContain('"node_modules/neighbour"');
}, 60_000);

test("runs the project's own script", async () => {
  manifest({
    scripts: { generate: `node -e "require('fs').writeFileSync('made', ''); console.log('made it')"` },
  });
  const lines: string[] = [];
  await expect(generate(directory, NPM, (line) => lines.push(line))).resolves.toEqual({ ok: true });
  expect(readFileSync(join(directory, 'made'), 'utf8')).toBe('');
  expect(lines).toContain('made it');
}, 60_000);

test('shows the last lines of what failed, and how to go on', async () => {
  script('install.mjs', `for (let i = 1; i <= 30; i++) console.log('line ' + i); process.exit(1);`);
  await expect(install(directory, { ...NPM, install: 'node install.mjs' })).resolves.toEqual({
    ok: false,
    note: '`node install.mjs` failed',
    output: Array.from({ length: 20 }, (_, index) => `line ${index + 11}`),
    resume: [`cd ${relative(process.cwd(), directory)}`, 'node install.mjs', 'npm run generate'],
  });
});

test('names a package manager that is not installed, and how to get it', async () => {
  const missing = { ...NPM, setup: 'npm install --global missing', install: 'prod-forge-missing install' };
  await expect(install(directory, missing)).resolves.toEqual({
    ok: false,
    note: 'prod-forge-missing was not found',
    output: [],
    resume: [
      `cd ${relative(process.cwd(), directory)}`,
      'npm install --global missing',
      'prod-forge-missing install',
      'npm run generate',
    ],
  });
});

test('shows each line as it comes', async () => {
  script('install.mjs', `console.log('one'); console.error('two');`);
  const lines: string[] = [];
  await install(directory, { ...NPM, install: 'node install.mjs' }, (line) => lines.push(line));
  expect(lines.toSorted()).toEqual(['one', 'two']);
});

test('never waits for input', async () => {
  script('install.mjs', `process.stdin.on('end', () => console.log('no input')).resume();`);
  await expect(install(directory, { ...NPM, install: 'node install.mjs' })).resolves.toEqual({ ok: true });
});

test('is not misled by the environment of the command that started us', async () => {
  const misleading = {
    NODE_ENV: 'production',
    npm_config_dry_run: 'true',
    npm_package_name: 'outer',
    npm_config_registry: 'http://kept',
  };
  script('install.mjs', `console.log(JSON.stringify(process.env)); process.exit(1);`);
  const before = { ...process.env };
  Object.assign(process.env, misleading);
  const result = await install(directory, { ...NPM, install: 'node install.mjs' });
  for (const name of Object.keys(misleading)) delete process.env[name];
  Object.assign(process.env, before);
  const seen = JSON.parse(result.ok ? '{}' : (result.output[0] ?? '{}')) as Record<string, string>;
  expect(Object.keys(misleading).filter((name) => name in seen)).toEqual(['npm_config_registry']);
  expect(seen['PATH'] ?? seen['Path']).toBeDefined();
});

function manifest(content: object): void {
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({ name: 'project', version: '1.0.0', ...content }),
  );
}

function script(name: string, code: string): void {
  writeFileSync(join(directory, name), code);
}
