import { factsOf, flagsOf, newestMigration } from '#deploy/core/build-facts';

describe('what a build is told', () => {
  const known = {
    name: 'todo',
    version: '0.1.0',
    run: '57',
    commit: 'c0ffee',
    committedAt: 'before',
    builtAt: 'now',
    source: 'here',
    schema: 'B2',
    oldestCode: 'A1',
  };

  it('is the newest migration in the list', () => {
    expect(newestMigration('export const migrations = [A1, B2];')).toBe('B2');
    expect(newestMigration('export const migrations = [\n  A1,\n  B2,\n];')).toBe('B2');
    expect(newestMigration('export const migrations = [];')).toBe('none');
    expect(newestMigration('')).toBe('none');
  });

  it('has a version for each run, and labels that releases are judged by', () => {
    expect(factsOf(known)).toBe(
      `name=todo
version=0.1.57
labels<<end
schema=B2
schema.oldest-code=A1
commit.time=before
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

  it('is said to Docker in the same words', () => {
    expect(flagsOf(known)).toBe(
      '--label=schema=B2 --label=schema.oldest-code=A1 --label=commit.time=before --build-arg=BUILD_VERSION=0.1.57 ' +
        '--build-arg=BUILD_COMMIT=c0ffee --build-arg=BUILD_TIME=now --build-arg=BUILD_SOURCE=here',
    );
  });
});
