// @ts-check
// What is wrong with a query of LogQL: its grammar, which is Grafana's own, and the names in it.
import { parser } from '@grafana/lezer-logql';
import { filledIn, inPlace } from './queries.mjs';

/**
 * @typedef {ReturnType<typeof parser.parse>['topNode']} Node
 *
 * @typedef {object} Names
 * @property {readonly string[]} labels Of streams.
 * @property {readonly string[]} metadata What a line has beside its text.
 * @property {readonly string[]} fields What `| json` finds in a line, nested names joined by an underscore.
 */

/** What Loki itself gives to a line that it could not read. */
const OF_LOKI = ['__error__', '__error_details__'];
const OTHER_FORMATS = new Set(['Logfmt', 'Unpack']);
const OPEN = /\$\{?\w+/;

/**
 * Where a query does not follow the grammar.
 *
 * @param {string} query May have variables of Grafana.
 * @returns {string[]}
 */
export function grammarProblems(query) {
  const text = filledIn(query);
  const root = parser.parse(text).topNode;
  if (root.to < text.trimEnd().length) return [`does not go on after: ${text.slice(0, root.to)}`];
  const error = [...descendants(root)].find(({ type }) => type.isError);
  return error ? [`is no LogQL from here on: ${text.slice(error.from) || 'the end'}`] : [];
}

/**
 * Where it does not follow the grammar, or else names what lines do not have.
 *
 * @param {string} query May have variables of Grafana.
 * @param {Names} names
 * @returns {string[]}
 */
export function logqlProblems(query, names) {
  const mistakes = grammarProblems(query);
  if (mistakes.length > 0) return mistakes;
  const text = filledIn(query);
  return [...new Set(new Reader(text, names).read(parser.parse(text).topNode))];
}

/**
 * The windows over which a query counts lines, as they are written.
 *
 * @param {string} query
 * @returns {string[]}
 */
export function windowsOf(query) {
  const ranges = [...descendants(parser.parse(inPlace(query)).topNode)].filter(
    ({ name }) => name === 'Range',
  );
  return ranges.map(({ from, to }) => query.slice(from + 1, to - 1));
}

/** Goes through a query as Loki does: what a stage may name is what the stages before it have left. */
class Reader {
  /** @type {string[]} */
  #problems = [];
  #text;
  #names;

  /**
   * @param {string} text
   * @param {Names} names
   */
  constructor(text, names) {
    this.#text = text;
    this.#names = names;
  }

  /** @param {Node} root */
  read(root) {
    this.#expression(root);
    return this.#problems;
  }

  /**
   * @param {Node} node
   * @returns {Set<string>} The names that its series or lines have.
   */
  #expression(node) {
    if (node.name === 'LogExpr' || node.name === 'LogRangeExpr') return this.#pipeline(node);
    const parts = children(node);
    const inner = new Set(parts.flatMap((part) => [...this.#expression(part)]));
    const grouping = node.getChild('Grouping');
    if (grouping) this.#check(identifiers(grouping), inner, 'to group by');
    for (const modifier of parts.filter(({ name }) => name === 'BinOpModifier'))
      this.#check(named(modifier, 'LabelName'), inner, 'to join by');
    return grouping?.getChild('By')
      ? new Set(identifiers(grouping).map((name) => this.#source(name)))
      : inner;
  }

  /** @param {Node} node */
  #pipeline(node) {
    const known = new Set([...this.#names.labels, ...this.#names.metadata, ...OF_LOKI]);
    for (const part of descendants(node)) this.#stage(part, known);
    return known;
  }

  /**
   * @param {Node} node
   * @param {Set<string>} known Changed by what the stage adds.
   */
  #stage(node, known) {
    const source = this.#source(node);
    switch (node.name) {
      case 'Selector':
        this.#check(identifiers(node), new Set(this.#names.labels), 'to select by, which takes a label');
        break;
      case 'Json':
        if (node.parent?.name === 'LabelParser') for (const field of this.#names.fields) known.add(field);
        break;
      case 'LabelExtractionExpression':
        this.#extracted(node, known);
        break;
      case 'LabelParser':
      case 'LogfmtParser':
        for (const [, name = ''] of source.matchAll(/\(\?P<(\w+)>|<(\w+)>/g)) known.add(name);
        if (children(node).some(({ name }) => OTHER_FORMATS.has(name)))
          this.#problems.push(`reads lines by ${source}, but they are JSON`);
        break;
      case 'LabelFilter':
        if (node.getChild('LabelFilter') === null) this.#check(identifiers(node), known, 'to filter by');
        break;
      case 'UnwrapExpr':
      case 'DropLabel':
      case 'KeepLabel':
        this.#check(node.getChildren('Identifier'), known, 'to use');
        break;
      case 'LabelFormatMatcher':
        this.#formatted(node, known);
        break;
      case 'LineFormatExpr':
        this.#check(templateNames(source), known, 'to write');
        break;
      default:
    }
  }

  /**
   * `| json name="path"` finds one field, under a name.
   *
   * @param {Node} node
   * @param {Set<string>} known
   */
  #extracted(node, known) {
    const [name] = identifiers(node).map((identifier) => this.#source(identifier));
    const path = node.getChild('String');
    const field = path ? this.#source(path).slice(1, -1).replaceAll('.', '_') : (name ?? '');
    this.#check([field], new Set(this.#names.fields), 'to extract');
    if (name) known.add(name);
  }

  /**
   * `| label_format name=other` or `| label_format name="{{.other}}"`.
   *
   * @param {Node} node
   * @param {Set<string>} known
   */
  #formatted(node, known) {
    const [name, other] = identifiers(node);
    this.#check(other ? [other] : templateNames(this.#source(node)), known, 'to rename');
    if (name) known.add(this.#source(name));
  }

  /**
   * @param {(Node | string)[]} wanted
   * @param {Set<string>} known
   * @param {string} why
   */
  #check(wanted, known, why) {
    for (const one of wanted) {
      const name = typeof one === 'string' ? one : this.#source(one);
      if (!known.has(name) && !OPEN.test(name)) this.#problems.push(`there is no ${name} ${why}`);
    }
  }

  /** @param {Node} node */
  #source(node) {
    return this.#text.slice(node.from, node.to);
  }
}

/** @param {string} template */
function templateNames(template) {
  return [...template.matchAll(/\{\{(.*?)\}\}/g)].flatMap(([, action = '']) =>
    [...action.matchAll(/(?<![\w)"])\.(\w+)/g)].map(([, name = '']) => name),
  );
}

/** @param {Node} node */
function identifiers(node) {
  return named(node, 'Identifier');
}

/**
 * @param {Node} node
 * @param {string} name
 */
function named(node, name) {
  return [...descendants(node)].filter((inner) => inner.name === name);
}

/** @param {Node} node @returns {Node[]} */
function children(node) {
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/** @param {Node} node @returns {Generator<Node>} */
function* descendants(node) {
  for (const child of children(node)) {
    yield child;
    yield* descendants(child);
  }
}
