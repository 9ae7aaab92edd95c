import { ageProblem } from './tools.mjs';

describe('a program that is installed', () => {
  it.each([
    ['0.25.0', '0.26'],
    ['0.9.1', '0.26'],
    ['2.53.1', '3.0'],
  ])('is too old with %s where %s is needed', (version, since) => {
    expect(ageProblem(`tool, version ${version} (branch: debian/sid, revision: 1)\n`, since)).toBe(
      `is of version ${version}, and ${since} or later is needed`,
    );
  });

  it.each([
    ['that version', 'amtool, version 0.26.0 (branch: HEAD)', '0.26'],
    ['a later one', 'amtool, version 0.100.0 (branch: HEAD)', '0.26'],
    ['one with a letter before it', 'loki, version v3.5.0 (branch: HEAD)', '3.4'],
    ['a version of which it says nothing', 'amtool, version  (branch: , revision: unknown)', '0.26'],
    ['any version where none is needed', 'promtool, version 2.42.0 (branch: HEAD)', undefined],
  ])('will do with %s', (_, text, since) => {
    expect(ageProblem(text, since)).toBeUndefined();
  });
});
