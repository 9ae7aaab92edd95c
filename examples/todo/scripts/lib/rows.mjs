// @ts-check
// What the rows of a database are, and what became of them.

/** @typedef {(sql: string) => Promise<Record<string, any>[]>} Query */

/**
 * For each table how many rows it has, and for each of its columns a fingerprint of all values.
 *
 * @typedef {Map<string, { count: number, columns: Map<string, string> }>} Rows
 */

const TABLES = `
  SELECT relname AS table, array_agg(attname::text ORDER BY attnum) AS columns,
    (SELECT string_agg(quote_ident(key.attname), ', ' ORDER BY key.attnum) FROM pg_index
      JOIN pg_attribute key ON key.attrelid = indrelid AND key.attnum = ANY (indkey)
      WHERE indrelid = pg_class.oid AND indisprimary) AS key
  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
  WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname <> 'migrations'
  GROUP BY pg_class.oid ORDER BY relname`;

/**
 * @param {Query} query
 * @returns {Promise<Rows>}
 */
export async function readRows(query) {
  /** @type {Rows} */
  const rows = new Map();
  for (const { table, columns, key } of await query(TABLES)) {
    const prints = columns.map(
      (/** @type {string} */ column) =>
        `md5(string_agg(md5(coalesce("${column}"::text, '')) || ("${column}" IS NULL), '' ORDER BY ${key ?? 't::text'})) AS "${column}"`,
    );
    const [{ count, ...values } = { count: 0 }] = await query(
      `SELECT count(*)::int AS count, ${prints.join(', ')} FROM "${table}" t`,
    );
    rows.set(table, { count, columns: new Map(Object.entries(values)) });
  }
  return rows;
}

/**
 * What is not as it was; whether the code needs what is gone (`goneBetween`) only its tests can say.
 *
 * @param {Rows} before
 * @param {Rows} after
 * @returns {{ what: string, problem: string }[]} `what`: the table or `<table>.<column>`
 */
export function changesBetween(before, after) {
  return [...before].flatMap(([table, then]) => {
    const now = after.get(table);
    if (!now) return [];
    if (now.count !== then.count)
      return [{ what: table, problem: `${table} has ${now.count} rows, and had ${then.count}.` }];
    return [...then.columns]
      .filter(([column, print]) => now.columns.has(column) && now.columns.get(column) !== print)
      .map(([column]) => ({ what: `${table}.${column}`, problem: `${table}.${column} has other values.` }));
  });
}

/**
 * The tables and columns that there are no more.
 *
 * @param {Rows} before
 * @param {Rows} after
 */
export function goneBetween(before, after) {
  return [...before].flatMap(([table, then]) => {
    const now = after.get(table);
    if (!now) return [table];
    return [...then.columns.keys()]
      .filter((column) => !now.columns.has(column))
      .map((column) => `${table}.${column}`);
  });
}

/**
 * The changes that statements announce: `-- changes todos.title: reason`.
 *
 * @param {string[]} statements
 * @returns {[what: string, reason: string][]}
 */
export function intendedChangesIn(statements) {
  return [...statements.join('\n').matchAll(/--[ \t]*changes[ \t]+([\w.]+)[ \t]*:[ \t]*(\S.*)$/gm)].map(
    ([, what = '', reason = '']) => [what, reason],
  );
}
