// @ts-check

/**
 * What to do instead, by the rule that refuses a statement: those of squawk, and ours (migration-rules.mjs). The long
 * form is in docs/adr/forward-only-migrations.md.
 *
 * @type {Readonly<Record<string, string>>}
 */
const RECIPES = {
  'ban-drop-column':
    'Code that still runs reads the column. Release code that does not mention it, the entity included; drop it in the release after that, with an exception that says so.',
  'ban-drop-table':
    'Code that still runs reads the table. Release code that does not mention it; drop it in the release after that, with an exception that says so.',
  'renaming-column':
    'Code that still runs knows the old name only. Add a column with the new name, write both, copy the old rows, read the new one, stop writing the old one, drop it: one release each.',
  'renaming-table':
    'Code that still runs knows the old name only. Make the new table, write both, copy the rows, read the new one, drop the old one: one release each.',
  'changing-column-type':
    'All rows are written anew while nobody can read them. Add a column of the new type, write both, copy the old rows in batches, read the new one, drop the old one.',
  'adding-not-nullable-field':
    'All rows are read while nobody can write. Add CHECK (… IS NOT NULL) NOT VALID, validate it in the next migration, and then set NOT NULL, which believes it.',
  'adding-required-field':
    'The rows that are there have no value, and code that still runs gives none. Add it nullable or with a constant default.',
  'constraint-missing-not-valid':
    'All rows are checked while nobody can write. Add it NOT VALID, and VALIDATE CONSTRAINT in the next migration.',
  'adding-foreign-key-constraint':
    'Both tables are locked while all rows are checked. Add it NOT VALID, and VALIDATE CONSTRAINT in the next migration.',
  'disallowed-unique-constraint':
    'The index is built while nobody can write. Make it with a ConcurrentIndexMigration (UNIQUE), and add the constraint USING INDEX in the next migration.',
  'require-concurrent-index-creation':
    'Nobody can write while the index is built. Extend ConcurrentIndexMigration, with the name of the index and its statement.',
  'require-concurrent-index-deletion':
    'Nobody can read while the index goes. Use DROP INDEX CONCURRENTLY in a migration of its own with transaction = false.',
  'adding-field-with-default':
    'A default that is computed for each row writes the table anew. Add the column without it, set the default in the next statement, fill the old rows in batches.',
  'ban-drop-not-null':
    'Code that still runs may not expect a null. Release code that does; drop it in the release after that, with an exception that says so.',
  'adding-serial-primary-key-field':
    'The table is written anew while nobody can read it. Use an id that the code makes.',
  'rows-at-once':
    'Each row stays locked until all are changed. Extend BackfillMigration, which commits in batches; where the rows are few and stay few, write an exception that says so.',
  'hidden-sql':
    'The lint can not read what is run from a string or a procedure. Write the statements themselves.',
  'own-time-limit':
    'The migrator limits how long a migration waits for locks and runs, so that requests behind it go on. Leave the limits as they are, or write an exception that says why this one has to take longer.',
  'ban-drop-object':
    'Code that still runs may use it. Release code that does not; drop it in the release after that, with an exception that says so.',
  'table-lock':
    'Nobody can use the table until it is over. Leave locks to the statements that need them; rewrite a table with pg_repack, refresh a view CONCURRENTLY.',
  'require-concurrent-reindex':
    'Nobody can write while the index is built anew. Use REINDEX CONCURRENTLY in a migration of its own with transaction = false.',
  'require-concurrent-partition-detach':
    'Nobody can use the table meanwhile. Use DETACH PARTITION … CONCURRENTLY in a migration of its own with transaction = false.',
  'require-enum-value-ordering':
    'The new value would come last. Say where it belongs: ADD VALUE … BEFORE or AFTER another.',
  'ban-truncate-cascade':
    'It empties every table that refers to this one, too. Name the tables, and mind that rows do not come back.',
  'ban-drop-database': 'That is never a change of the schema. Leave it out.',
  'ban-create-domain-with-constraint':
    'Its constraints can not be added NOT VALID later. Use a CHECK of the column.',
  'ban-alter-domain-with-add-constraint':
    'All tables with the domain are read while nobody can write. Use a CHECK of the column.',
  'ban-char-field': 'It pads with spaces. Use text, with a CHECK of its length.',
  'prefer-text-field': 'A longer limit is a change of the type later. Use text, with a CHECK of its length.',
  'prefer-timestamp-tz': 'Without a zone it means another time for each reader. Use timestamptz.',
  'prefer-identity': 'Use GENERATED ALWAYS AS IDENTITY, whose sequence belongs to the column.',
  'prefer-bigint-over-smallint': 'Use integer: the row is hardly longer, and the type need not change later.',
  'identifier-too-long': 'PostgreSQL cuts names after 63 bytes. Choose a shorter one.',
  'transaction-nesting': 'The migrator begins and ends the transaction. Leave BEGIN and COMMIT out.',
};

/**
 * @param {string} findings What the lint says.
 * @returns {string[]} what to do instead, for each rule once
 */
export function recipesFor(findings) {
  return Object.entries(RECIPES)
    .filter(([rule]) => new RegExp(`\\b${rule}\\b`).test(findings))
    .map(([rule, recipe]) => `${rule}: ${recipe}`);
}
