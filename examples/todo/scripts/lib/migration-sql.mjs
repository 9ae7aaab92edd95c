// @ts-check

/**
 * @typedef {object} RecordedMigration
 * @property {string} name
 * @property {boolean} transaction Whether it runs in a transaction.
 * @property {string[]} statements
 */

/**
 * The SQL that a migration would run, without a database.
 *
 * @param {new () => { name?: string, transaction?: boolean, up(queryRunner: never): Promise<unknown> }} Migration
 * @returns {Promise<RecordedMigration>}
 * @throws {Error} Where it does anything but `queryRunner.query(sql)`.
 */
export async function recordMigration(Migration) {
  /** @type {string[]} */
  const statements = [];
  const migration = new Migration();
  const name = migration.name ?? Migration.name;
  const recorder = new Proxy(
    {},
    {
      get(_, property) {
        if (property !== 'query') {
          throw new Error(
            `${name} calls queryRunner.${String(property)}. Write it as SQL: queryRunner.query('…').`,
          );
        }
        return (/** @type {string} */ sql) => {
          statements.push(sql);
          return Promise.resolve([]);
        };
      },
    },
  );
  await migration.up(/** @type {never} */ (recorder));
  return { name, transaction: migration.transaction !== false, statements };
}
