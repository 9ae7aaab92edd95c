import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const MARKDOWNLINT = join('node_modules', 'markdownlint-cli2', 'markdownlint-cli2-bin.mjs');

/** What the project's rules say of a document in its root. */
function lint(text: string) {
  const { stderr } = spawnSync(process.execPath, [MARKDOWNLINT, '--no-globs', '-'], {
    cwd: ROOT,
    input: `# A document\n\n${text}\n`,
    encoding: 'utf8',
  });
  return stderr.split('\n').filter(Boolean);
}

const GOOD = `Run \`npm run lint -- src\`, \`node --run test:e2e\` or \`npm run <script>\`, and read [why](docs/adr/README.md)
and [the commands](AGENTS.md#commands).

\`\`\`sh
node --run migration:create -- what-it-does
docker run service node dist/main.js
node --cpu-prof --cpu-prof-dir=.data/profile scripts/verify.mjs lint
\`\`\``;

describe('a document', () => {
  it('may link to what is there, and name commands that exist', () => {
    expect(lint(GOOD)).toEqual([]);
  });

  it.each([
    ['a link to nothing', 'docs/adr/README.md', 'docs/adr/nothing.md', '"docs/adr/nothing.md" should exist'],
    ['a link to no heading', '#commands', '#orders', '"AGENTS.md#orders" should have a valid fragment'],
    ['a heading that it has not itself', 'AGENTS.md#commands', '#commands', 'Link fragments should be valid'],
    ['a script in a sentence', 'npm run lint', 'npm run lnt', 'stdin:3 .*package.json has no script "lnt"'],
    ['a script of Node in a sentence', 'test:e2e', 'test:e3e', 'package.json has no script "test:e3e"'],
    ['a script in a block', 'migration:create', 'migrate', 'stdin:7 .*package.json has no script "migrate"'],
    ['a file', 'verify.mjs', 'verfy.mjs', 'stdin:9 .*there is no file "scripts/verfy.mjs"'],
    ['what no source makes', 'dist/main.js', 'dist/man.js', 'stdin:8 .*there is no file "dist/man.js"'],
  ])('is refused for %s', (_, text, by, problem) => {
    expect(GOOD).toContain(text);
    expect(lint(GOOD.replace(text, by))).toEqual([expect.stringMatching(problem)]);
  });
});
