import { readdirSync } from 'node:fs';
import { ForwardOnlyError } from '../forward-only';
import { migrations } from '.';

describe('migrations', () => {
  it('are listed, oldest first, each with the timestamp of its file', () => {
    const files = readdirSync(__dirname)
      .filter((file) => /^\d+-/.test(file))
      .sort();
    const timestamps = migrations.map((Migration) => new Migration().name.slice(-13));
    expect(files.map((file) => file.slice(0, 13))).toEqual(timestamps);
  });

  it.each(migrations.map((Migration) => [Migration.name, Migration] as const))(
    '%s only goes forward',
    async (name, Migration) => {
      const migration = new Migration();
      expect(migration.name).toBe(name);
      await expect(migration.down()).rejects.toThrow(ForwardOnlyError);
    },
  );
});
