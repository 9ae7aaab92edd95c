import { factsOf, newestMigration } from '#deploy/core/build-facts';

describe('what a build is told', () => {
  it('is the newest migration in the list', () => {
    expect(newestMigration('export const migrations = [A1, B2];')).toBe('B2');
    expect(newestMigration('export const migrations = [\n  A1,\n  B2,\n];')).toBe('B2');
    expect(newestMigration('export const migrations = [];')).toBe('none');
    expect(newestMigration('')).toBe('none');
  });

  it('has a version for each run, and labels that releases are judged by', () => {
    const known = {
      name: 'todo',
      version: '0.1.0',
      run: '57',
      commit: 'c0ffee',
      builtAt: 'now',
      source: 'here',
    };
    expect(factsOf({ ...known, schema: 'B2', oldestCode: 'A1' })).toBe(
      `name=todo
version=0.1.57
labels<<end
schema=B2
schema.oldest-code=A1
end
build-args<<end
BUILD_VERSION=0.1.57
BUILD_COMMIT=c0ffee
BUILD_TIME=now
BUILD_SOURCE=here
end
`,
    );
  });
});
