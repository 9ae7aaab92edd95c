// @ts-check
// What a change did to a schema, and the SQL that undoes it.

/** @typedef {(sql: string) => Promise<Record<string, any>[]>} Query */
/** @typedef {{ name: string, table: string, type: string, required: boolean, default: string | null, special: string }} Column */
/** @typedef {{ name: string, table: string, definition: string }} Part */

/**
 * Things of a schema by what identifies them while it is the same database: they keep it when they are renamed.
 *
 * @typedef {object} Schema
 * @property {Map<string, { name: string }>} tables
 * @property {Map<string, Column>} columns
 * @property {Map<string, Part>} constraints
 * @property {Map<string, Part>} indexes Those of constraints left out.
 * @property {Map<string, { name: string, definition: string }>} others What is compared, but not undone.
 */

/**
 * @typedef {object} Undoing
 * @property {string[]} statements To run together, in a transaction.
 * @property {string[]} droppedIndexes The names of indexes to drop concurrently.
 * @property {{ name: string, statement: string }[]} indexes To make concurrently.
 * @property {string[]} losses What does not come back, or not as it was.
 * @property {string[]} unknown What can not be derived.
 */

const IN_SCHEMA = 'current_schema()::regnamespace';
const QUERIES = {
  tables: `SELECT oid AS id, quote_ident(relname) AS name FROM pg_class WHERE relnamespace = ${IN_SCHEMA} AND relkind = 'r'`,
  columns: `SELECT attrelid || '.' || attnum AS id, quote_ident(attname) AS name, attrelid::text AS table,
      format_type(atttypid, atttypmod) AS type, attnotnull AS required, pg_get_expr(adbin, adrelid) AS default,
      attidentity::text || attgenerated::text AS special
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = ${IN_SCHEMA} AND relkind = 'r' AND attnum > 0 AND NOT attisdropped ORDER BY attrelid, attnum`,
  constraints: `SELECT oid AS id, quote_ident(conname) AS name, conrelid::text AS table, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE connamespace = ${IN_SCHEMA} AND conrelid <> 0 AND contype <> 'n' ORDER BY contype DESC, conname`,
  indexes: `SELECT indexrelid AS id, quote_ident(relname) AS name, indrelid::text AS table, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = ${IN_SCHEMA} AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
  others: `SELECT 'function ' || oid AS id, 'function ' || proname AS name, pg_get_functiondef(oid) AS definition
      FROM pg_proc WHERE pronamespace = ${IN_SCHEMA} AND prokind IN ('f', 'p')
    UNION ALL SELECT 'trigger ' || pg_trigger.oid, 'trigger ' || tgname, pg_get_triggerdef(pg_trigger.oid)
      FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = ${IN_SCHEMA} AND NOT tgisinternal
    UNION ALL SELECT 'view ' || oid, 'view ' || relname, pg_get_viewdef(oid)
      FROM pg_class WHERE relnamespace = ${IN_SCHEMA} AND relkind IN ('v', 'm')
    UNION ALL SELECT 'type ' || pg_type.oid, 'type ' || typname,
        (SELECT coalesce(string_agg(enumlabel, ', ' ORDER BY enumsortorder), '') FROM pg_enum WHERE enumtypid = pg_type.oid)
      FROM pg_type WHERE typnamespace = ${IN_SCHEMA} AND typtype IN ('e', 'd', 'r')
    UNION ALL SELECT 'partitions ' || oid, 'partitioned table ' || relname, '' FROM pg_class WHERE relnamespace = ${IN_SCHEMA} AND relkind = 'p'
    UNION ALL SELECT 'extension ' || oid, 'extension ' || extname, extversion FROM pg_extension
    UNION ALL SELECT 'policy ' || pg_policy.oid, 'policy ' || polname, pg_get_expr(polqual, polrelid) FROM pg_policy`,
};

/**
 * @param {Query} query On the database.
 * @returns {Promise<Schema>}
 */
export async function readSchema(query) {
  /** @type {Record<string, Map<string, any>>} */
  const schema = {};
  for (const [kind, sql] of Object.entries(QUERIES)) {
    schema[kind] = new Map((await query(sql)).map(({ id, ...rest }) => [String(id), rest]));
  }
  return /** @type {Schema} */ (/** @type {unknown} */ (schema));
}

/**
 * What undoes a change.
 *
 * @param {Schema} before
 * @param {Schema} after
 * @returns {Undoing}
 */
export function undo(before, after) {
  const tables = undoTables(before, after);
  const columns = undoColumns(before, after);
  const constraints = undoParts(before, after, 'constraints');
  const indexes = undoParts(before, after, 'indexes');
  const others = [...changesIn(before.others, after.others)];
  return {
    statements: [
      ...constraints.gone.map(
        ({ name, table }) => `ALTER TABLE ${nameOf(after, table)} DROP CONSTRAINT ${name}`,
      ),
      ...tables.renamed,
      ...tables.dropped,
      ...columns.statements,
      ...tables.made,
      ...constraints.back.map(({ name, table, definition }) =>
        addConstraint(nameOf(before, table), name, definition),
      ),
      ...constraints.renamed.map(
        ({ now, then }) =>
          `ALTER TABLE ${nameOf(before, then.table)} RENAME CONSTRAINT ${now.name} TO ${then.name}`,
      ),
      ...indexes.renamed.map(({ now, then }) => `ALTER INDEX ${now.name} RENAME TO ${then.name}`),
    ],
    droppedIndexes: indexes.gone.map(({ name }) => name),
    indexes: indexes.back.map(({ name, definition }) => ({
      name,
      statement: definition.replace(/^CREATE (UNIQUE )?INDEX /, 'CREATE $1INDEX CONCURRENTLY IF NOT EXISTS '),
    })),
    losses: [...tables.losses, ...columns.losses],
    unknown: [...others.map(({ name }) => name), ...columns.unknown],
  };
}

/**
 * @param {Schema} before
 * @param {Schema} after
 */
function undoTables(before, after) {
  const dropped = [];
  const made = [];
  const renamed = [];
  const losses = [];
  for (const [id, { name }] of after.tables) {
    const then = before.tables.get(id);
    if (!then) dropped.push(`DROP TABLE ${name}`);
    else if (then.name !== name) renamed.push(`ALTER TABLE ${name} RENAME TO ${then.name}`);
  }
  for (const [id, { name }] of before.tables) {
    if (after.tables.has(id)) continue;
    losses.push(`The rows of ${name} do not come back.`);
    const lines = [
      ...ofTable(before.columns, id).map(
        (column) => `${column.name} ${typeOf(column)}${column.required ? ' NOT NULL' : ''}`,
      ),
      ...ofTable(before.constraints, id).map((part) => `CONSTRAINT ${part.name} ${part.definition}`),
    ];
    made.push(`CREATE TABLE ${name} (\n  ${lines.join(',\n  ')}\n)`);
    // Nobody uses the table yet: there is nothing to lock out.
    made.push(...ofTable(before.indexes, id).map(({ definition }) => definition));
  }
  return { dropped, made, renamed, losses };
}

/**
 * @param {Schema} before
 * @param {Schema} after
 */
function undoColumns(before, after) {
  const statements = [];
  const losses = [];
  const unknown = [];
  for (const [id, now] of after.columns) {
    const then = before.columns.get(id);
    if (!then && before.tables.has(now.table))
      statements.push(`ALTER TABLE ${nameOf(before, now.table)} DROP COLUMN ${now.name}`);
  }
  for (const [id, then] of before.columns) {
    if (!after.tables.has(then.table)) continue;
    const table = nameOf(before, then.table);
    const now = after.columns.get(id);
    if (!now) {
      const canBeRequired = then.required && then.default !== null;
      losses.push(`The values of ${table}.${then.name} do not come back.`);
      if (then.required && !canBeRequired)
        losses.push(
          `${table}.${then.name} was NOT NULL: fill it, then require it in a migration of its own.`,
        );
      statements.push(
        `ALTER TABLE ${table} ADD COLUMN ${then.name} ${typeOf(then)}${canBeRequired ? ' NOT NULL' : ''}`,
      );
      continue;
    }
    if (now.special !== then.special) unknown.push(`how ${table}.${then.name} is generated`);
    if (now.name !== then.name)
      statements.push(`ALTER TABLE ${table} RENAME COLUMN ${now.name} TO ${then.name}`);
    const alter = `ALTER TABLE ${table} ALTER COLUMN ${then.name}`;
    if (now.type !== then.type)
      statements.push(`${alter} TYPE ${then.type} USING ${then.name}::${then.type}`);
    if (now.default !== then.default)
      statements.push(
        then.default === null ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${then.default}`,
      );
    if (now.required !== then.required)
      statements.push(`${alter} ${then.required ? 'SET' : 'DROP'} NOT NULL`);
  }
  return { statements, losses, unknown };
}

/**
 * @param {Schema} before
 * @param {Schema} after
 * @param {'constraints' | 'indexes'} kind
 */
function undoParts(before, after, kind) {
  /**
   * A change of the type of a column makes them anew, as they were.
   *
   * @param {Schema} other
   * @param {[string, Part]} entry
   */
  const isIn = (other, [id, part]) =>
    other[kind].has(id) ||
    [...other[kind].values()].some(
      ({ name, table, definition }) =>
        name === part.name && table === part.table && definition === part.definition,
    );
  const renamed = [...before[kind]].flatMap(([id, then]) => {
    const now = after[kind].get(id);
    return now && now.name !== then.name ? [{ now, then }] : [];
  });
  return {
    gone: [...after[kind]]
      .filter((entry) => before.tables.has(entry[1].table) && !isIn(before, entry))
      .map(([, part]) => part),
    back: [...before[kind]]
      .filter((entry) => after.tables.has(entry[1].table) && !isIn(after, entry))
      .map(([, part]) => part),
    renamed,
  };
}

/**
 * Checks and foreign keys leave it to the next migration to read all rows.
 *
 * @param {string} table
 * @param {string} name
 * @param {string} definition
 */
function addConstraint(table, name, definition) {
  const later =
    /^(CHECK|FOREIGN KEY)/.test(definition) && !definition.endsWith('NOT VALID') ? ' NOT VALID' : '';
  return `ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}${later}`;
}

/** @param {Column} column */
function typeOf({ type, default: value, special }) {
  if (special === 'a') return `${type} GENERATED ALWAYS AS IDENTITY`;
  if (special === 'd') return `${type} GENERATED BY DEFAULT AS IDENTITY`;
  if (special === 's') return `${type} GENERATED ALWAYS AS (${value}) STORED`;
  return value === null ? type : `${type} DEFAULT ${value}`;
}

/**
 * @template {{ table: string }} T
 * @param {Map<string, T>} things
 * @param {string} table
 */
function ofTable(things, table) {
  return [...things.values()].filter((thing) => thing.table === table);
}

/**
 * @param {Schema} schema
 * @param {string} table
 */
function nameOf(schema, table) {
  return schema.tables.get(table)?.name ?? table;
}

/**
 * @param {Schema['others']} before
 * @param {Schema['others']} after
 */
function* changesIn(before, after) {
  for (const [id, now] of after) if (before.get(id)?.definition !== now.definition) yield now;
  for (const [id, then] of before) if (!after.has(id)) yield then;
}
