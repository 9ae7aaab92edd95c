// @ts-check
// Reads PromQL, by Prometheus' own grammar and checks of types.
import { EditorState } from '@codemirror/state';
import { Parser } from '@prometheus-io/codemirror-promql/dist/cjs/parser/index.js';
import { parser } from '@prometheus-io/lezer-promql';
import { filledIn, inPlace } from './queries.mjs';

/**
 * @typedef {import('@lezer/common').SyntaxNode} SyntaxNode
 *
 * @typedef {object} Selector
 * @property {string} text Without range and offset.
 * @property {string} metric
 * @property {{ label: string, operator: string, value: string }[]} matchers
 * @property {string} range As it is written, e.g. `$__rate_interval`; empty for an instant.
 * @property {string} call The function that is called on it; empty without one.
 */

/**
 * Why Prometheus would refuse an expression. The grammar alone takes `rate(up)`; the checks of types alone take an unclosed
 * bracket.
 *
 * @param {string} promql May have variables of Grafana.
 * @returns {string[]}
 */
export function promqlProblems(promql) {
  const text = filledIn(promql);
  // The same class, with types of its own for CommonJS.
  const checked = new Parser(/** @type {any} */ (EditorState.create({ doc: text })));
  // An editor reads for 20 ms and leaves the rest for later.
  Object.assign(checked, { tree: parser.parse(text) });
  checked.analyze();
  const problems = checked.getDiagnostics().map(({ message, from, to }) => at(message, text, from, to));
  if (problems.length > 0) return [...new Set(problems)];
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) problems.push(at('unexpected expression', text, from, to));
    },
  });
  return [...new Set(problems)];
}

/**
 * @param {string} message
 * @param {string} text
 * @param {number} from
 * @param {number} to
 */
function at(message, text, from, to) {
  const there = text.slice(from, to).trim();
  return there ? `${message} at "${there}"` : `${message} at the end`;
}

/**
 * The series that an expression reads.
 *
 * @param {string} promql May have variables of Grafana.
 * @returns {Selector[]}
 */
export function selectorsOf(promql) {
  const text = inPlace(promql);
  const textOf = (/** @type {SyntaxNode | null} */ node) => (node ? promql.slice(node.from, node.to) : '');
  /** @type {Selector[]} */
  const selectors = [];
  parser.parse(text).iterate({
    enter: ({ name, node }) => {
      if (name !== 'VectorSelector') return;
      const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
      const matrix = node.parent?.name === 'MatrixSelector' ? node.parent : null;
      let around = (matrix ?? node).parent;
      if (around?.name === 'OffsetExpr') around = around.parent;
      const call = around?.parent;
      selectors.push({
        text: textOf(node),
        metric: textOf(node.getChild('Identifier')),
        matchers: matchers.map((matcher) => ({
          label: textOf(matcher.getChild('LabelName')),
          operator: textOf(matcher.getChild('MatchOp')),
          value: textOf(matcher.getChild('StringLiteral')).slice(1, -1),
        })),
        range: matrix ? promql.slice(node.to + 1, matrix.to - 1) : '',
        call: call?.name === 'FunctionCall' ? textOf(call.getChild('FunctionIdentifier')) : '',
      });
    },
  });
  return selectors;
}

/**
 * The names of the labels that an expression groups or joins by.
 *
 * @param {string} promql May have variables of Grafana.
 * @returns {string[]}
 */
export function groupingOf(promql) {
  const text = filledIn(promql);
  /** @type {Set<string>} */
  const names = new Set();
  parser.parse(text).iterate({
    enter: ({ name, node }) => {
      if (name !== 'GroupingLabels') return;
      for (const { from, to } of node.getChildren('LabelName')) names.add(text.slice(from, to));
    },
  });
  return [...names];
}

/**
 * The labels that the answer to an expression has at most; undefined where the expression does not say.
 *
 * @param {string} promql May have variables of Grafana.
 * @returns {Set<string> | undefined}
 */
export function labelsOf(promql) {
  const text = filledIn(promql);
  const textOf = (/** @type {SyntaxNode} */ { from, to }) => text.slice(from, to);
  const labels = (/** @type {SyntaxNode | null | undefined} */ node) => {
    const grouping = node?.getChild('GroupingLabels')?.getChildren('LabelName') ?? [];
    return grouping.map(textOf);
  };
  /** @type {(node: SyntaxNode | null) => Set<string> | undefined} */
  const of = (node) => {
    if (!node) return undefined;
    if (node.name === 'NumberDurationLiteral' || node.name === 'StringLiteral') return new Set();
    if (node.name === 'ParenExpr') return of(node.firstChild);
    if (node.name === 'AggregateExpr') return ofAggregation(node);
    if (node.name === 'BinaryExpr') return ofBinary(node);
    if (node.name === 'FunctionCall') return ofCall(node);
    return undefined;
  };
  /** @type {(node: SyntaxNode) => Set<string> | undefined} */
  const ofAggregation = (node) => {
    const operator = node.getChild('AggregateOp');
    const argument = node.getChild('FunctionCallBody')?.lastChild ?? null;
    if (operator && /^(?:topk|bottomk|limitk|limit_ratio)$/.test(textOf(operator))) return of(argument);
    const modifier = node.getChild('AggregateModifier');
    if (!modifier) return new Set();
    return modifier.getChild('By') ? new Set(labels(modifier)) : undefined;
  };
  /** @type {(node: SyntaxNode) => Set<string> | undefined} */
  const ofBinary = (node) => {
    const left = of(node.firstChild);
    const right = of(node.lastChild);
    const matching = node.getChild('MatchingModifierClause');
    if (matching?.getChild('GroupLeft') || matching?.getChild('GroupRight')) return undefined;
    if (node.getChild('Or')) return left && right ? new Set([...left, ...right]) : undefined;
    // A scalar takes the labels of the other side.
    return left?.size === 0 ? right : left;
  };
  /** @type {(node: SyntaxNode) => Set<string> | undefined} */
  const ofCall = (node) => {
    const name = textOf(/** @type {SyntaxNode} */ (node.firstChild));
    if (/^(?:label_replace|label_join|absent|absent_over_time|info)$/.test(name)) return undefined;
    if (/^(?:scalar|vector|time)$/.test(name)) return new Set();
    const found = of(node.getChild('FunctionCallBody')?.lastChild ?? null);
    if (name === 'histogram_quantile') found?.delete('le');
    return found;
  };
  return of(parser.parse(text).topNode.firstChild);
}
