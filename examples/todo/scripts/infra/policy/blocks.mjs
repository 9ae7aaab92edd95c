// @ts-check
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * HashiCorp's own parser. Required and not imported, for its types would bring those of browsers into all scripts.
 *
 * @type {{ parse: (file: string, text: string) => Promise<Body> }}
 */
const { parse } = createRequire(import.meta.url)('@cdktn/hcl2json');

/** @typedef {{ [key: string]: any }} Body */

/**
 * A block of a configuration, or a resource as Terraform would make it: the same form for both, so that one rule judges both.
 *
 * @typedef {object} Block
 * @property {string} where How a person finds it.
 * @property {string} folder The folder of its configuration.
 * @property {'configuration' | 'state'} source What an expression decides is unknown in a configuration, and known in a state.
 * @property {string} kind `resource`, `data`, `output`, `terraform`, …, or `file`.
 * @property {string} type Of resources and data, such as `aws_db_instance`; empty for others.
 * @property {string} name
 * @property {Body} body
 * @property {readonly Body[]} objects Every object within: also those within expressions and within texts in JSON.
 * @property {string} [text] Of a `file`: what is written there, with its comments.
 */

/** The kinds of blocks that have a type besides their name. */
const TYPED = new Set(['data', 'ephemeral', 'resource']);
/** The kinds of blocks that have neither. */
const NAMELESS = new Set(['locals', 'terraform', 'moved', 'import', 'removed']);

/**
 * Reads the blocks of one configuration.
 *
 * @param {string} folder
 * @returns {Promise<Block[]>}
 */
export async function readConfiguration(folder) {
  /** @type {Block[]} */
  const blocks = [];
  for (const file of readdirSync(folder).filter((name) => /\.tf(\.json)?$/.test(name))) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    blocks.push({
      where: `${folder}/${file}`,
      ...{ folder, source: 'configuration', kind: 'file', type: '', name: file, body: {}, objects: [], text },
    });
    const parsed = file.endsWith('.json') ? withoutComments(text) : await parse(file, text);
    for (const [kind, content] of Object.entries(parsed)) {
      for (const [type, name, body] of bodies(kind, content)) {
        const title = [TYPED.has(kind) ? '' : kind, type, name].filter(Boolean).join('.');
        blocks.push({
          where: `${folder}/${file}: ${title}`,
          ...{ folder, source: 'configuration', kind, type, name, body },
          objects: await objectsIn(body),
        });
      }
    }
  }
  return blocks;
}

/**
 * Reads the resources of a state, as `terraform test -json -verbose` prints it after an apply.
 *
 * @param {string} folder
 * @param {{ root_module?: Body }} state
 * @returns {Promise<Block[]>}
 */
export async function readState(folder, { root_module: root = {} }) {
  /** @type {(module: Body) => Body[]} */
  const resources = (module) => [
    ...(module.resources ?? []),
    ...(module.child_modules ?? []).flatMap((/** @type {Body} */ child) => resources(child)),
  ];
  return Promise.all(
    resources(root).map(async ({ address, mode, type, name, values }) => ({
      where: `${folder}: ${address}`,
      ...{ folder, source: /** @type {const} */ ('state'), type, name, body: values },
      kind: mode === 'managed' ? 'resource' : 'data',
      objects: await objectsIn(values),
    })),
  );
}

/**
 * Terraform's language in JSON, in which properties of the name "//" are comments.
 *
 * @param {string} text
 * @returns {Body}
 */
function withoutComments(text) {
  return JSON.parse(text, (key, value) => (key === '//' ? undefined : value));
}

/**
 * In JSON, a block that is there once need not be in a list.
 *
 * @param {any} value
 * @returns {any[]}
 */
function list(value) {
  return Array.isArray(value) ? value : [value];
}

/**
 * @param {string} kind
 * @param {any} content
 * @returns {[type: string, name: string, body: Body][]}
 */
function bodies(kind, content) {
  if (NAMELESS.has(kind)) return list(content).map((body) => ['', '', body]);
  const named = (/** @type {string} */ type, /** @type {Body} */ blocks) =>
    Object.entries(blocks).flatMap(([name, body]) =>
      list(body).map((one) => /** @type {[type: string, name: string, body: Body]} */ ([type, name, one])),
    );
  if (!TYPED.has(kind)) return named('', content);
  return Object.entries(content).flatMap(([type, blocks]) => named(type, blocks));
}

/**
 * @param {unknown} value
 * @returns {Promise<Body[]>}
 */
async function objectsIn(value) {
  if (typeof value === 'string') return objectsInText(value);
  if (value === null || typeof value !== 'object') return [];
  const within = (await Promise.all(Object.values(value).map(objectsIn))).flat();
  return Array.isArray(value) ? within : [value, ...within];
}

/**
 * @param {string} text JSON, or an expression, of which the parser makes a text that begins with `${`.
 * @returns {Promise<Body[]>}
 */
async function objectsInText(text) {
  if (/^[[{]/.test(text)) {
    try {
      return await objectsIn(JSON.parse(text));
    } catch {
      return [];
    }
  }
  if (!text.startsWith('${')) return [];
  const found = literals(text.slice(2, -1)).map(async (literal) => {
    const parsed = await parse('literal.tf', `value = ${literal}`).catch(() => ({ value: null }));
    if (parsed.value !== null) return objectsIn(parsed.value);
    // Never overlook rights because of how they are written.
    return /\bEffect\b/.test(literal) ? [{ Effect: 'Allow', Unreadable: literal.slice(0, 80) }] : [];
  });
  return (await Promise.all(found)).flat();
}

/**
 * The outermost object literals of an expression; of `{ for … }` those that it makes.
 *
 * @param {string} expression
 * @returns {string[]}
 */
function literals(expression) {
  /** @type {string[]} */
  const found = [];
  let [depth, start] = [0, 0];
  for (const { 0: token, index } of expression.matchAll(/"(?:\\.|[^"\\])*"|#.*|\/\/.*|[{}]/g)) {
    if (token === '{' && depth++ === 0) start = index;
    if (token === '}' && --depth === 0) found.push(expression.slice(start, index + 1));
  }
  return found.flatMap((literal) =>
    /^\{\s*for\s/.test(literal) ? literals(literal.slice(1, -1)) : [literal],
  );
}

/**
 * Whether an expression decides, so that the value is known in a state only.
 *
 * @param {unknown} value
 */
export function isExpression(value) {
  return typeof value === 'string' && value.includes('${');
}

/**
 * Whether a value is the expected one, as far as can be known.
 *
 * @param {unknown} value
 * @param {unknown} expected
 */
export function is(value, expected) {
  return isExpression(value) || value === expected;
}

/**
 * The nested blocks of that name; one that knows nothing but expressions where they are dynamic.
 *
 * @param {Body} body
 * @param {string} name
 * @returns {Body[]}
 */
export function nested(body, name) {
  return list(body[name] ?? list(body.dynamic?.[name] ?? []).flatMap(({ content }) => list(content)));
}
