// @ts-check
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { TEMPLATES } from './discover.mjs';
import { buildTemplates } from './templates.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Built beside and put in place at the end, so that a failed build leaves the last good one.
const dist = mkdtempSync(join(root, 'dist-'));
process.on('exit', () => rmSync(dist, { recursive: true, force: true }));
const tsconfig = join(root, '../../tsconfig.json');
const require = createRequire(import.meta.url);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

await bundleProgram();
await buildTemplates({ templates: TEMPLATES, outfile: join(dist, 'templates.js'), tsconfig });
writeDeclarations();
await refuseBrokenLaws();
rmSync(join(root, 'dist'), { recursive: true, force: true });
chmodSync(dist, 0o755); // A temporary folder is its owner's alone.
renameSync(dist, join(root, 'dist'));

/** Everything but the templates, in one file, so that the published package has no dependencies to install. */
async function bundleProgram() {
  await build({
    entryPoints: [join(root, 'src/index.ts')],
    outfile: join(dist, 'index.js'),
    tsconfig,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    external: ['./templates.js'],
    define: { GENERATOR_VERSION: JSON.stringify(version) },
    // prompts ships a second build for older versions of Node.
    // jsonc-parser's UMD build asks for its parts by names that a bundle no longer has.
    alias: {
      prompts: 'prompts/lib/index.js',
      'jsonc-parser': join(dirname(require.resolve('jsonc-parser')), '../esm/main.js'),
    },
    // The CommonJS packages in the bundle still call require for Node's own modules.
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
    },
    plugins: [{ name: 'angular-core', setup: resolveCore }],
    logLevel: 'warning',
  });
}

/**
 * An alias would catch the files below the package's name too.
 *
 * @param {import('esbuild').PluginBuild} bundle
 */
function resolveCore(bundle) {
  bundle.onResolve({ filter: /^@angular-devkit\/core$/ }, () => ({
    path: join(root, 'build/angular-core.cjs'),
  }));
}

function writeDeclarations() {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  execFileSync(process.execPath, [tsc, '--project', join(root, 'tsconfig.build.json'), '--outDir', dist], {
    stdio: 'inherit',
  });
}

async function refuseBrokenLaws() {
  const { brokenLaws, loadRegistry } = await import(pathToFileURL(join(dist, 'index.js')).href);
  const offences = brokenLaws(await loadRegistry());
  if (offences.length === 0) return;
  for (const offence of offences) console.error(`error: ${offence}`);
  process.exit(1);
}
