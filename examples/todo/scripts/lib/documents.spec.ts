import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

/** Commands stand in code: after a backtick, or at the beginning of a line. */
const COMMAND = /(?:`|^)(?:node --run|[a-z]+ run) ([\w:]+)/gm;
const named = (file: string) => [...read(file).matchAll(COMMAND)].map(([, script = '']) => script);
const unknown = (file: string) => named(file).filter((script) => !(script in scripts));

describe.each(['AGENTS.md', 'README.md', 'docs/troubleshooting.md'])('%s', (file) => {
  it('names scripts that exist', () => {
    expect(named(file)).not.toEqual([]);
    expect(unknown(file)).toEqual([]);
  });
});

describe('runbooks', () => {
  it.each(globSync('docs/runbooks/*.md', { cwd: ROOT }).toSorted())('%s names scripts that exist', (file) => {
    expect(unknown(file)).toEqual([]);
  });
});
