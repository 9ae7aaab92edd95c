// @ts-check
// Reads Alloy's configuration: its blocks, what they refer to, and which labels come out. Alloy itself checks the rest, where
// its image can be had.
import { LABELS, METADATA } from './log-fields.mjs';

/**
 * @typedef {object} Block
 * @property {string} name Such as loki.process, or rule within another.
 * @property {string} label Empty where it has none.
 * @property {number} line
 * @property {Record<string, string>} attributes By name, as they are written.
 * @property {Block[]} blocks
 */

const TOKEN =
  /(?<space>[ \t\r]+|\/\/[^\n]*)|(?<newline>\n)|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<word>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?<number>\d[\w.]*)|(?<sign>[{}()[\],=]|[!<>=]=|&&|\|\||[-+*/%^!<>])/y;
/** @type {Record<string, string>} */
const BRACKETS = { '{': '}', '[': ']', '(': ')' };
/** Functions of the language: what they begin with is no component. */
const LIBRARY = /^(?:sys|array|string|encoding|convert|file|true|false|null)\b/;
/** Settings of Alloy itself. */
const SETTINGS = ['logging', 'tracing', 'livedebugging', 'http'];

/**
 * @param {string} text
 * @param {string} file For problems.
 * @returns {string[]}
 */
export function alloyProblems(text, file) {
  try {
    const blocks = new Parser(text).file();
    return [...referenceProblems(blocks), ...labelProblems(blocks)].map(
      ({ line, problem }) => `${file}:${line}: ${problem}`,
    );
  } catch (error) {
    if (!(error instanceof AlloySyntaxError)) throw error;
    return [`${file}:${error.line}: ${error.message}`];
  }
}

/**
 * @param {Block[]} blocks
 * @returns {{ line: number, problem: string }[]}
 */
function referenceProblems(blocks) {
  const components = blocks.filter(({ name }) => !SETTINGS.includes(name));
  const ids = components.map(({ name, label }) => `${name}.${label}`);
  const known = (/** @type {string} */ reference) => ids.some((id) => reference.startsWith(`${id}.`));
  return [
    ...components
      .filter(({ label }) => label === '')
      .map(({ line, name }) => ({ line, problem: `${name} has no label, or is no component` })),
    ...ids
      .map((id, index) => ({ id, line: components[index]?.line ?? 0, twice: ids.indexOf(id) < index }))
      .filter(({ twice }) => twice)
      .map(({ id, line }) => ({ line, problem: `there is another ${id}` })),
    ...blocks
      .flatMap(referencesIn)
      .flatMap(({ line, reference }) =>
        known(reference) ? [] : [{ line, problem: `nothing is called ${reference}` }],
      ),
  ];
}

/**
 * @param {Block} block
 * @returns {{ line: number, reference: string }[]}
 */
function referencesIn({ line, attributes, blocks }) {
  const words = Object.values(attributes).flatMap((value) =>
    [...value.replaceAll(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, '""').matchAll(/[A-Za-z_]\w*(?:\.\w+)+/g)].map(
      ([word]) => word,
    ),
  );
  return [
    ...words.filter((word) => !LIBRARY.test(word)).map((reference) => ({ line, reference })),
    ...blocks.flatMap(referencesIn),
  ];
}

/**
 * @param {Block[]} blocks
 * @returns {{ line: number, problem: string }[]}
 */
function labelProblems(blocks) {
  return blocks.flatMap((block) => {
    const wrong = (/** @type {string} */ name) => {
      if (['stage.labels', 'stage.static_labels'].includes(block.name))
        return keys(block.attributes['values']).filter((key) => !LABELS.includes(key));
      if (name === 'labels') return keys(block.attributes[name]).filter((key) => !LABELS.includes(key));
      if (name === 'target_label')
        return [unquoted(block.attributes[name])].filter((key) => !LABELS.includes(key));
      if (block.name === 'stage.structured_metadata')
        return keys(block.attributes['values']).filter((key) => !METADATA.includes(key));
      return [];
    };
    return [
      ...Object.keys(block.attributes).flatMap((name) =>
        wrong(name).map((label) => ({
          line: block.line,
          problem: `${label} is no label or metadata of ours: ${[...LABELS, ...METADATA].join(', ')}`,
        })),
      ),
      ...labelProblems(block.blocks),
    ];
  });
}

/** The keys of an object as it is written. @param {string | undefined} value */
function keys(value = '') {
  return [...value.matchAll(/(\w+)\s*=/g)].map(([, key = '']) => key);
}

/** @param {string | undefined} text */
function unquoted(text = '') {
  return text.replaceAll(/^"|"$/g, '');
}

class AlloySyntaxError extends Error {
  /**
   * @param {number} line
   * @param {string} message
   */
  constructor(line, message) {
    super(message);
    this.line = line;
  }
}

class Parser {
  #tokens;
  #at = 0;

  /** @param {string} text */
  constructor(text) {
    this.#tokens = tokensOf(text);
  }

  file() {
    const { blocks, attributes } = this.#body('end');
    const [name] = Object.keys(attributes);
    if (name) throw new AlloySyntaxError(1, `${name} is in no block`);
    return blocks;
  }

  /**
   * @param {'}' | 'end'} end
   * @returns {Pick<Block, 'attributes' | 'blocks'>}
   */
  #body(end) {
    /** @type {Pick<Block, 'attributes' | 'blocks'>} */
    const body = { attributes: {}, blocks: [] };
    while (this.#skipLines().text !== end) this.#statement(body);
    this.#next();
    return body;
  }

  /** @param {Pick<Block, 'attributes' | 'blocks'>} body */
  #statement(body) {
    const { kind, text: name, line } = this.#next();
    if (kind !== 'word') throw new AlloySyntaxError(line, `a name is expected, not ${name}`);
    if (this.#peek().text === '=') {
      this.#next();
      if (name in body.attributes) throw new AlloySyntaxError(line, `${name} is set twice`);
      body.attributes[name] = this.#value();
      return;
    }
    const label = this.#peek().kind === 'string' ? unquoted(this.#next().text) : '';
    this.#expect('{');
    body.blocks.push({ name, label, line, ...this.#body('}') });
  }

  /** All up to the end of the line, or of the brackets that it opens. */
  #value() {
    const parts = [];
    /** @type {string[]} */
    const closing = [];
    while (closing.length > 0 || !['newline', 'end'].includes(this.#peek().kind)) {
      const { kind, text, line } = this.#peek();
      if (closing.length === 0 && text === '}') break;
      if (text in BRACKETS) closing.push(BRACKETS[text] ?? '');
      else if (kind === 'end' || (Object.values(BRACKETS).includes(text) && closing.pop() !== text))
        throw new AlloySyntaxError(line, 'a bracket is not closed');
      parts.push(this.#next().text);
    }
    if (parts.length === 0) throw new AlloySyntaxError(this.#peek().line, 'a value is missing');
    return parts.join(' ');
  }

  /** @param {string} text */
  #expect(text) {
    const token = this.#next();
    if (token.text !== text) throw new AlloySyntaxError(token.line, `${text} is expected, not ${token.text}`);
  }

  #skipLines() {
    while (this.#peek().kind === 'newline') this.#next();
    return this.#peek();
  }

  #peek() {
    return this.#tokens[this.#at] ?? { kind: 'end', text: 'end', line: this.#tokens.at(-1)?.line ?? 1 };
  }

  #next() {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }
}

/** @param {string} text */
function tokensOf(text) {
  const tokens = [];
  let line = 1;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    const [kind, found = ''] = Object.entries(groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    if (!kind) throw new AlloySyntaxError(line, `can not be read: ${text.slice(at).split('\n')[0]}`);
    if (kind !== 'space') tokens.push({ kind, text: found, line });
    line += found.split('\n').length - 1;
  }
  return tokens;
}
