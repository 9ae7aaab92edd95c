// @ts-check
import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import Handlebars from 'handlebars';
import { discoverFeatures, readOverlays } from './discover.mjs';

const SUFFIX = '.hbs';

/**
 * Compiles every feature folder below `templates` into one module whose default export is a list of features
 * (the type `Feature` of the engine): declarations bundled, templates precompiled, other files as they are.
 *
 * @param {{ templates: string, outfile: string, tsconfig: string }} options absolute paths
 */
export async function buildTemplates({ templates, outfile, tsconfig }) {
  const features = discoverFeatures(templates);
  const imports = features.flatMap(({ directory }, index) => [
    `import definition${index} from ${JSON.stringify(join(directory, 'feature.ts'))};`,
    `import checks${index} from ${JSON.stringify(join(directory, 'verify.ts'))};`,
  ]);
  const entries = features.map(({ id, directory, pair }, index) => {
    const parts = [
      `id: ${JSON.stringify(id)}`,
      `definition: definition${index}`,
      `checks: checks${index}`,
      `manifest: ${JSON.stringify(readManifest(directory))}`,
      `readme: ${JSON.stringify(readText(directory, 'README.md'))}`,
      `files: [${readOverlays(directory).map(fileLiteral).join(',\n')}]`,
      ...(pair ? [`pair: ${JSON.stringify(pair)}`] : []),
    ];
    return `{ ${parts.join(', ')} }`;
  });
  await build({
    stdin: {
      contents: `${imports.join('\n')}\nexport default [${entries.join(',\n')}];\n`,
      resolveDir: templates,
    },
    outfile,
    tsconfig,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    minify: true,
    logLevel: 'warning',
  });
}

/** @param {string} directory */
function readManifest(directory) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readText(directory, 'package.json') || '{}');
  return { dependencies, devDependencies };
}

/**
 * @param {string} directory
 * @param {string} name
 */
function readText(directory, name) {
  const path = join(directory, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** @param {{ path: string, kind?: string, content: Buffer }} file */
function fileLiteral({ path, kind, content }) {
  const template = path.endsWith(SUFFIX);
  const parts = [
    `path: ${JSON.stringify(template ? path.slice(0, -SUFFIX.length) : path)}`,
    ...(kind ? [`kind: ${JSON.stringify(kind)}`] : []),
    `source: ${template ? templateLiteral(path, content) : contentLiteral(content)}`,
  ];
  return `{ ${parts.join(', ')} }`;
}

/**
 * @param {string} path
 * @param {Buffer} content
 */
function templateLiteral(path, content) {
  try {
    // Without a source map the result is text.
    const compiled = /** @type {string} */ (
      Handlebars.precompile(content.toString('utf8'), {
        strict: true,
        noEscape: true,
        preventIndent: true,
        knownHelpers: { run: true, json: true },
        knownHelpersOnly: true,
      })
    );
    return `{ type: 'template', template: ${compiled} }`;
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** @param {Buffer} content */
function contentLiteral(content) {
  return isUtf8(content)
    ? `{ type: 'text', text: ${JSON.stringify(content.toString('utf8'))} }`
    : `{ type: 'binary', base64: '${content.toString('base64')}' }`;
}
