// @ts-check
// A rule of markdownlint: the commands in a document name scripts and files that there are.
import { existsSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);
/** @type {{ scripts: Readonly<Record<string, string>> }} */
const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'));

const SCRIPT = /\b(?:node --run|p?npm run) ([\w:-]+)/g;
const FILE = /\bnode (?:--\S+ )*([\w./-]+\.[cm]?[jt]s)\b/g;
/** What the build makes of a source is not there in a fresh clone. */
const BUILT = /^dist\/(.+)\.js$/;

/** @type {import('markdownlint').Rule} */
export default {
  names: ['documented-commands'],
  description: 'Commands should name scripts and files that exist',
  tags: ['code'],
  parser: 'markdownit',
  function: ({ parsers }, report) => {
    for (const { line, text } of parsers.markdownit.tokens.flatMap(codeIn))
      for (const detail of problemsOf(text)) report({ lineNumber: line, detail });
  },
};

/**
 * The code of a block: its lines, or what stands between backticks.
 *
 * @param {import('markdownlint').MarkdownItToken} token
 * @returns {{ line: number, text: string }[]} Lines are counted from 1.
 */
function codeIn({ type, content, lineNumber, children }) {
  const first = type === 'fence' ? lineNumber + 1 : lineNumber;
  if (type === 'fence' || type === 'code_block')
    return content.split('\n').map((text, index) => ({ line: first + index, text }));
  // Its types do not know that markdownlint gives these their lines, too.
  const parts = /** @type {import('markdownlint').MarkdownItToken[]} */ (children ?? []);
  return parts
    .filter((part) => part.type === 'code_inline')
    .map((part) => ({ line: part.lineNumber, text: part.content }));
}

/**
 * @param {string} text
 * @returns {string[]}
 */
function problemsOf(text) {
  const named = [...text.matchAll(SCRIPT)].map(([, script = '']) => script);
  const files = [...text.matchAll(FILE)].map(([, file = '']) => file);
  return [
    ...named
      .filter((script) => !(script in scripts))
      .map((script) => `package.json has no script "${script}"`),
    ...files
      .filter((file) => !existsSync(new URL(file.replace(BUILT, 'src/$1.ts'), ROOT)))
      .map((file) => `there is no file "${file}"`),
  ];
}
