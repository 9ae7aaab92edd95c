// @ts-check
// The names that queries of logs may use: what Alloy makes labels and metadata of a line, and what the line itself has.

/** D13: each combination of their values is a stream. */
export const LABELS = ['service', 'environment', 'level'];
/** What differs with every request. */
export const METADATA = ['request_id', 'trace_id', 'user_id'];

/**
 * @typedef {object} Schema
 * @property {string} [type]
 * @property {string} [$ref]
 * @property {Record<string, Schema>} [properties]
 * @property {Record<string, Schema>} [$defs]
 */

/**
 * The names that `| json` gives to the fields of a line: those of objects joined by an underscore; lists are left out.
 *
 * @param {Schema} schema Of a line.
 * @returns {string[]}
 */
export function fieldsOf(schema) {
  return flattened(schema, schema, 3);
}

/**
 * What lines have that were written, under the names of {@link fieldsOf}.
 *
 * @param {string} text Lines of JSON.
 * @returns {import('./logql.mjs').Names}
 */
export function namesWritten(text) {
  const found = new Set(
    text
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => pathsIn(JSON.parse(line))),
  );
  return {
    labels: LABELS.filter((name) => found.has(name)),
    metadata: METADATA.filter((name) => found.has(name)),
    fields: [...found],
  };
}

/** @param {object} value @returns {string[]} */
function pathsIn(value) {
  return Object.entries(value).flatMap(([name, inner]) => {
    if (Array.isArray(inner)) return [];
    if (typeof inner !== 'object' || inner === null) return [name];
    return pathsIn(inner).map((path) => `${name}_${path}`);
  });
}

/**
 * @param {Schema} schema
 * @param {Schema} root
 * @param {number} depth Causes have causes.
 * @returns {string[]}
 */
function flattened({ properties = {} }, root, depth) {
  return Object.entries(properties).flatMap(([name, property]) => {
    const schema = resolved(property, root);
    if (schema.type === 'array') return [];
    if (schema.type !== 'object') return [name];
    return depth === 0 ? [] : flattened(schema, root, depth - 1).map((inner) => `${name}_${inner}`);
  });
}

/**
 * @param {Schema} schema
 * @param {Schema} root
 */
function resolved(schema, root) {
  const name = schema.$ref?.replace('#/$defs/', '');
  return (name === undefined ? undefined : root.$defs?.[name]) ?? schema;
}
