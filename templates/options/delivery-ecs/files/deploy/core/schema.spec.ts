import { build, release } from '#deploy/core/examples';
import { incompatibility, isNewer, knownSchema, migratedBuild } from '#deploy/core/schema';

const FIRST = 'CreateTodos1760000000000';
const SECOND = 'AddPriority1770000000000';

describe('schemas', () => {
  it('are ordered by the times in their names, not by their words', () => {
    expect(isNewer(SECOND, FIRST)).toBe(true);
    expect(isNewer(FIRST, SECOND)).toBe(false);
    expect(isNewer(FIRST, 'none')).toBe(true);
    expect(isNewer(FIRST, FIRST)).toBe(false);
  });

  it('run code that is as new, and code that was shown to run', () => {
    const database = build('2.0.0', { schema: SECOND, oldestCode: FIRST });
    expect(incompatibility(SECOND, database)).toBeUndefined();
    expect(incompatibility(FIRST, database)).toBeUndefined();
    expect(incompatibility('none', database)).toContain(`those up to ${SECOND}`);
  });
});

describe('the database', () => {
  it('has the newest migrations that any release began to apply', () => {
    const failed = release(2, { schema: SECOND, state: 'failed', step: 'migrate', migrated: false });
    expect(migratedBuild([failed, release(1)])?.schema).toBe(SECOND);
    expect(migratedBuild([])).toBeUndefined();
  });

  it('is not known to have what a migration did not finish', () => {
    const failed = release(2, { schema: SECOND, state: 'failed', step: 'migrate', migrated: false });
    expect(knownSchema([release(1)])).toBe(FIRST);
    expect(knownSchema([release(1), failed])).toBeUndefined();
    expect(knownSchema([release(1), failed, release(3, { schema: SECOND })])).toBe(SECOND);
  });
});
