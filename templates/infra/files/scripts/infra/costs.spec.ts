import { readFileSync, readdirSync } from 'node:fs';

const text = readFileSync('docs/infrastructure.md', 'utf8');
const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

describe('the costs in docs/infrastructure.md', () => {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cells);
  const start = rows.findIndex(([first]) => first === 'part');
  const [head = [], , ...body] = rows.slice(start, rows.findIndex(([first]) => first === '**Sum**') + 1);
  const environments = readdirSync('infra/environments', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  it('add up, for each environment', () => {
    const sum = body.pop();
    for (const environment of environments) {
      const column = head.indexOf(environment);
      const parts = body.map((row) => Number(row[column]));
      expect([environment, sum?.[column]]).toEqual([environment, `**${parts.reduce((a, b) => a + b)}**`]);
    }
  });

  it('say what each of them assumes, and how to be rid of them', () => {
    expect(body.filter((row) => row.at(-1) === '')).toEqual([]);
    expect(head.at(-1)).toBe('assumes');
    expect(readFileSync('docs/first-deploy.md', 'utf8')).toContain('\n## Destroying an environment\n');
  });
});
