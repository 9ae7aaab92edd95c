import { definition, release } from '#deploy/core/examples';
import { listing, tableOf } from '#deploy/core/listing';
import { parseRelease } from '#deploy/core/release';

describe('the list of releases', () => {
  it('has the newest first, and marks what runs once', () => {
    const again = release(3, { taskDefinition: definition(1), revision: 1 });
    const rows = listing([release(1), release(2), again], definition(1));
    expect(rows.map(({ number, current }) => [number, current])).toEqual([
      [3, true],
      [2, false],
      [1, false],
    ]);
  });

  it('is a table that lines up', () => {
    const table = tableOf(
      listing([release(1), release(10, { revision: undefined, state: 'failed' })], definition(1)),
    );
    expect(table.split('\n')).toEqual([
      '   revision  version  commit        begun             state     what    by',
      '   -         1.10.0   cccccccccccc  2026-03-01 11:00  failed    deploy  ada',
      '→  1         1.1.0    cccccccccccc  2026-03-01 11:00  verified  deploy  ada',
    ]);
    expect(tableOf([])).toBe('There is no release yet.');
  });

  it('leaves out what is no record', () => {
    expect(parseRelease('no JSON')).toBeUndefined();
    expect(parseRelease('{"number":"1"}')).toBeUndefined();
    expect(parseRelease(JSON.stringify(release(1)))).toEqual(release(1));
  });
});
