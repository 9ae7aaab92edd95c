// @ts-check

/**
 * What to do instead, by the rule of squawk that refuses a statement. The long form is in
 * docs/adr/forward-only-migrations.md.
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
};

/**
 * @param {string} findings The output of squawk.
 * @returns {string[]} what to do instead, for each rule once
 */
export function recipesFor(findings) {
  return Object.entries(RECIPES)
    .filter(([rule]) => new RegExp(`\\b${rule}\\b`).test(findings))
    .map(([rule, recipe]) => `${rule}: ${recipe}`);
}
