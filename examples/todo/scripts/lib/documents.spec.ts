import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };

/** Commands stand in code: after a backtick, or at the beginning of a line. */
const COMMAND = /(?:`|^)(?:node --run|[a-z]+ run) ([\w:]+)/gm;

describe.each(['AGENTS.md', 'README.md', 'docs/troubleshooting.md'])('%s', (file) => {
  it('names scripts that exist', () => {
    const named = [...read(file).matchAll(COMMAND)].map(([, script = '']) => script);
    expect(named).not.toEqual([]);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});
