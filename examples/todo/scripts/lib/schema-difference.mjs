// @ts-check
// What a change did to a schema, and the SQL that undoes it.

/** @typedef {(sql: string) => Promise<Record<string, any>[]>} Query */
/** @typedef {{ name: string, table: string, type: string, required: boolean, default: string | null, special: string, rest: string }} Column */
/** @typedef {{ name: string, table: string, definition: string }} Part */

/**
 * Things of a schema by what identifies them while it is the same database: they keep it when they are renamed.
 *
 * @typedef {object} Schema
 * @property {Map<string, { name: string, rest: string }>} tables
 * @property {Map<string, Column>} columns
 * @property {Map<string, Part>} constraints
 * @property {Map<string, Part>} indexes Those of constraints left out.
 * @property {Map<string, { definition: string }>} others What is compared, but not undone, by what it is called.
 */

/**
 * @typedef {object} Undoing
 * @property {string[]} statements To run together, in a transaction.
 * @property {string[]} droppedIndexes The names of indexes to drop concurrently.
 * @property {{ name: string, statement: string }[]} indexes To make concurrently.
 * @property {string[]} losses What does not come back, or not as it was.
 * @property {string[]} open What stays different on purpose, as `differencesBetween` calls it.
 */

const IN_SCHEMA = 'current_schema()::regnamespace';
/** Below are the objects that each database has from the start. */
const FIRST_OID = 16_384;
const QUERIES = {
  tables: `SELECT oid AS id, quote_ident(relname) AS name,
      concat_ws(' ', relpersistence, relrowsecurity, relforcerowsecurity, relreplident, reltablespace, reloptions, relacl) AS rest
    FROM pg_class WHERE relnamespace = ${IN_SCHEMA} AND relkind = 'r'`,
  columns: `SELECT attrelid || '.' || attnum AS id, quote_ident(attname) AS name, attrelid::text AS table,
      format_type(atttypid, atttypmod) AS type, attnotnull AS required, pg_get_expr(adbin, adrelid) AS default,
      attidentity::text || attgenerated::text AS special,
      concat_ws(' ', attcollation::regcollation, attstorage, attcompression, attstattarget, attacl) AS rest
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = ${IN_SCHEMA} AND relkind = 'r' AND attnum > 0 AND NOT attisdropped ORDER BY attrelid, attnum`,
  constraints: `SELECT oid AS id, quote_ident(conname) AS name, conrelid::text AS table, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE connamespace = ${IN_SCHEMA} AND conrelid <> 0 AND contype <> 'n' ORDER BY contype DESC, conname`,
  indexes: `SELECT indexrelid AS id, quote_ident(relname) AS name, indrelid::text AS table, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = ${IN_SCHEMA} AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
  others: `SELECT pg_describe_object(classid, objid, 0) AS id, '' AS definition FROM pg_depend
      WHERE refclassid = 'pg_namespace'::regclass AND refobjid = ${IN_SCHEMA}::oid AND classid <> 'pg_constraint'::regclass
        AND objid NOT IN (SELECT oid FROM pg_class WHERE relkind = 'r')
    UNION ALL SELECT 'definition of ' || oid::regprocedure, pg_get_functiondef(oid)
      FROM pg_proc WHERE pronamespace = ${IN_SCHEMA} AND prokind <> 'a'
    UNION ALL SELECT 'definition of view ' || oid::regclass, pg_get_viewdef(oid)
      FROM pg_class WHERE relnamespace = ${IN_SCHEMA} AND relkind IN ('v', 'm')
    UNION ALL SELECT 'definition of sequence ' || seqrelid::regclass,
        concat_ws(' ', seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle)
      FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid WHERE relnamespace = ${IN_SCHEMA}
    UNION ALL SELECT 'definition of type ' || oid::regtype, concat_ws(' ', typbasetype::regtype, typtypmod, typnotnull, typdefault,
        (SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = pg_type.oid),
        (SELECT string_agg(pg_get_constraintdef(pg_constraint.oid), ', ' ORDER BY conname) FROM pg_constraint WHERE contypid = pg_type.oid),
        (SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute
          JOIN pg_class ON pg_class.oid = attrelid WHERE relkind = 'c' AND attrelid = typrelid))
      FROM pg_type WHERE typnamespace = ${IN_SCHEMA} AND typtype IN ('e', 'd', 'r', 'c')
    UNION ALL SELECT 'trigger ' || tgname || ' of ' || tgrelid::regclass, concat(tgenabled, pg_get_triggerdef(oid))
      FROM pg_trigger WHERE NOT tgisinternal AND oid >= ${FIRST_OID}
    UNION ALL SELECT 'rule ' || rulename || ' of ' || ev_class::regclass, concat(ev_enabled, pg_get_ruledef(oid))
      FROM pg_rewrite WHERE rulename <> '_RETURN' AND oid >= ${FIRST_OID}
    UNION ALL SELECT 'policy ' || polname || ' of ' || polrelid::regclass, concat_ws(' ', polcmd, polpermissive, polroles,
        pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) FROM pg_policy
    UNION ALL SELECT 'definition of statistics ' || stxname, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
    UNION ALL SELECT 'inheritance of ' || inhrelid::regclass, inhparent::regclass::text
      FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE relkind IN ('r', 'p', 'f')
    UNION ALL SELECT 'comment on ' || pg_describe_object(classoid, objoid, objsubid), description
      FROM pg_description WHERE objoid >= ${FIRST_OID}
    UNION ALL SELECT 'extension ' || extname, extversion FROM pg_extension
    UNION ALL SELECT 'schema ' || nspname, concat(nspacl) FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'
    UNION ALL SELECT 'publication ' || pubname, '' FROM pg_publication
    UNION ALL SELECT 'event trigger ' || evtname, '' FROM pg_event_trigger
    UNION ALL SELECT 'default privileges ' || oid, defaclacl::text FROM pg_default_acl`,
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
    open: columns.open,
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
    if (!then) dropped.push(name);
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
  // Together, because they may refer to each other.
  return { dropped: dropped.length > 0 ? [`DROP TABLE ${dropped.join(', ')}`] : [], made, renamed, losses };
}

/**
 * @param {Schema} before
 * @param {Schema} after
 */
function undoColumns(before, after) {
  const statements = [];
  const losses = [];
  const open = [];
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
      if (then.required && !canBeRequired) {
        open.push(`column ${table}.${then.name}`);
        losses.push(
          `${table}.${then.name} was NOT NULL: fill it, then require it in a migration of its own.`,
        );
      }
      statements.push(
        `ALTER TABLE ${table} ADD COLUMN ${then.name} ${typeOf(then)}${canBeRequired ? ' NOT NULL' : ''}`,
      );
      continue;
    }
    if (now.name !== then.name)
      statements.push(`ALTER TABLE ${table} RENAME COLUMN ${now.name} TO ${then.name}`);
    const alter = `ALTER TABLE ${table} ALTER COLUMN ${then.name}`;
    if (now.type !== then.type) {
      losses.push(`The values of ${table}.${then.name} stay as the change of its type left them.`);
      statements.push(`${alter} TYPE ${then.type} USING ${then.name}::${then.type}`);
    }
    if (now.default !== then.default)
      statements.push(
        then.default === null ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${then.default}`,
      );
    if (now.required !== then.required)
      statements.push(`${alter} ${then.required ? 'SET' : 'DROP'} NOT NULL`);
  }
  return { statements, losses, open };
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
 * What is not the same in two schemas, whatever the order of columns, and whether or not all rows were checked.
 *
 * @param {Schema} before
 * @param {Schema} after
 * @returns {string[]} such as `column books.title`
 */
export function differencesBetween(before, after) {
  const then = partsOf(before);
  const now = partsOf(after);
  return [...new Set([...then.keys(), ...now.keys()])].filter((part) => then.get(part) !== now.get(part));
}

/** @param {Schema} schema */
function partsOf(schema) {
  const { tables, columns, constraints, indexes, others } = schema;
  /** @param {{ table: string, name: string }} thing */
  const nameIn = ({ table, name }) => `${nameOf(schema, table)}.${name}`;
  return new Map([
    ...[...tables.values()].map(({ name, rest }) => entry(`table ${name}`, rest)),
    ...[...columns.values()].map((column) => {
      const { type, required, default: value, special, rest } = column;
      return entry(`column ${nameIn(column)}`, JSON.stringify([type, required, value, special, rest]));
    }),
    ...[...constraints.values()].map((part) =>
      entry(`constraint ${nameIn(part)}`, part.definition.replace(/ NOT VALID$/, '')),
    ),
    ...[...indexes.values()].map(({ name, definition }) => entry(`index ${name}`, definition)),
    ...[...others].map(([id, { definition }]) => entry(id, definition)),
  ]);
}

/**
 * @param {string} part
 * @param {string} definition
 * @returns {[string, string]}
 */
function entry(part, definition) {
  return [part, definition];
}

/**
 * Undoes a change, and looks whether that gives the schema that was.
 *
 * @param {Query} query On a database for this purpose, just after the change.
 * @param {Schema} before
 * @param {Undoing} undoing
 * @returns {Promise<{ undoing: Undoing, unknown: string[] }>} What of it is needed, and what it does not undo.
 */
export async function tryToUndo(query, before, undoing) {
  try {
    await query(['BEGIN', ...undoing.statements, 'COMMIT'].join(';\n'));
    // Some went with their columns.
    const left = new Set([...(await readSchema(query)).indexes.values()].map(({ name }) => name));
    const droppedIndexes = undoing.droppedIndexes.filter((name) => left.has(name));
    for (const name of droppedIndexes) await query(`DROP INDEX CONCURRENTLY ${name}`);
    for (const { statement } of undoing.indexes) await query(statement);
    const differences = differencesBetween(before, await readSchema(query));
    const unknown = differences.filter((part) => !undoing.open.includes(part));
    return { undoing: { ...undoing, droppedIndexes }, unknown };
  } catch (error) {
    return { undoing, unknown: [/** @type {Error} */ (error).message] };
  }
}
