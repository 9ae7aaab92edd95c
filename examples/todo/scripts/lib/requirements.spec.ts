import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SCRIPTS = join(__dirname, '..');
const read = (name: string) =>
  JSON.parse(readFileSync(join(SCRIPTS, name), 'utf8')) as Readonly<Record<string, string>>[];

const checks = read('checks.json').map(({ id }) => id);
const requirements = read('requirements.json');

describe('the requirements', () => {
  it('have ids of their own', () => {
    const ids = requirements.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(requirements)('name a check and a test that exist: $id', ({ check, test = '' }) => {
    expect(checks).toContain(check);
    if (test === '') return;
    const [file = '', ...title] = test.split(': ');
    const path = join(SCRIPTS, '..', file);
    expect([file, existsSync(path)]).toEqual([file, true]);
    // A title may be broken into several texts, or hold quotes that are escaped.
    expect(readFileSync(path, 'utf8').replaceAll("\\'", "'")).toContain(title.join(': '));
  });
});
