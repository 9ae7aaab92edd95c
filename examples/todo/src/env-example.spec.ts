import { readFileSync } from 'node:fs';
import { declaredEnvironments } from './config/environment';
import { describeEnvironment } from './env-example';

describe('.env.example', () => {
  const text = describeEnvironment();

  it('is what the code says: else run the script `generate`', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(text);
  });

  it('has each variable once, under its part, with what it is and its default', () => {
    const names = declaredEnvironments().flatMap(({ shape }) => Object.keys(shape));
    const described = [...text.matchAll(/^# .+: .+\n# ([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(described.sort()).toEqual(names.sort());
    expect(new Set(names).size).toBe(names.length);
    expect(text).not.toContain('undefined');
    expect(text).toContain('\n# HTTP: the public listener\n# PORT=3000\n');
  });
});
