// @ts-check

/**
 * @typedef {object} RecordedMigration
 * @property {string} name
 * @property {boolean} transaction Whether it runs in a transaction.
 * @property {string[]} statements
 * @property {boolean} [isBackfill] Whether BackfillMigration runs its statements, batch by batch.
 */

/** The rows that a query finds here, also in the form that says how many it changed. */
const NOTHING = Object.assign([], { affected: 0 });

/**
 * The SQL that a migration would run, without a database.
 *
 * @param {new () => { name?: string, transaction?: boolean, batchSize?: number, up(queryRunner: never): Promise<unknown> }} Migration
 * @returns {Promise<RecordedMigration>}
 * @throws {Error} Where it does anything but `queryRunner.query(sql)`.
 */
export async function recordMigration(Migration) {
  /** @type {string[]} */
  const statements = [];
  const migration = new Migration();
  const name = migration.name ?? Migration.name;
  const isBackfill = migration.batchSize !== undefined && !Object.hasOwn(Migration.prototype, 'up');
  // One batch, so that its change is seen.
  const answers = isBackfill ? [[{ key: '' }]] : [];
  const recorder = new Proxy(
    {},
    {
      get(_, property) {
        if (property === 'data') return {};
        if (property !== 'query') {
          throw new Error(
            `${name} calls queryRunner.${String(property)}. Write it as SQL: queryRunner.query('…').`,
          );
        }
        return (/** @type {string} */ sql) => {
          statements.push(sql);
          return Promise.resolve(answers.shift() ?? NOTHING);
        };
      },
    },
  );
  await migration.up(/** @type {never} */ (recorder));
  return { name, transaction: migration.transaction !== false, statements, isBackfill };
}
