/**
 * Writes the table of options in README.md from the registry: `npm run docs`. With `--check` it only compares, and fails where
 * the table is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadRegistry } from 'create-prod-forge';
import { format, resolveConfig } from 'prettier';
import { root } from './lib/tools.mjs';

const MARKED = /(<!-- options:start -->\n)[\s\S]*?(<!-- options:end -->)/;

const file = path.join(root, 'README.md');
const page = readFileSync(file, 'utf8');
if (!MARKED.test(page)) {
  console.error(
    'README.md has lost the marks of its options table.\nPut <!-- options:start --> and <!-- options:end --> back.',
  );
  process.exit(2);
}
const { features } = await loadRegistry();
const updated = await format(page.replace(MARKED, `$1\n${table()}\n\n$2`), {
  ...(await resolveConfig(file)),
  filepath: file,
});

if (!process.argv.includes('--check')) {
  writeFileSync(file, updated);
} else if (updated !== page) {
  console.error('The table of options in README.md is out of date.\nRun: npm run docs');
  process.exitCode = 1;
}

function table() {
  const rows = features
    .filter(({ definition }) => definition.group)
    .map(({ id, definition: { group, option, summary, presets = [] } }) => {
      // An option that is called like its group is one of the four parts of the house.
      const folder = id === group?.id ? id : `options/${id}`;
      const link = `[\`--${group?.id} ${option}\`](templates/${folder}/README.md)`;
      return [link, summary, presets.join(', ') || 'on request'];
    });
  return [['option', 'adds', 'in the presets'], ['---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
