// @ts-check
// What an expression of PromQL asks for.
import { parser } from '@prometheus-io/lezer-promql';

/**
 * @typedef {object} Selector
 * @property {string} text As in the expression, without range and offset.
 * @property {string} metric Empty where only labels select.
 * @property {string[]} labels The names of the labels that select.
 */

/**
 * The selectors of an expression, each once.
 *
 * @param {string} expression Without variables of Grafana.
 * @returns {Selector[]}
 */
export function selectorsOf(expression) {
  /** @type {Map<string, Selector>} */
  const selectors = new Map();
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.name !== 'VectorSelector') return;
      const text = expression.slice(node.from, node.to);
      const metric = node.node.getChild('Identifier');
      const labels = namesIn(node.node, 'LabelName', expression);
      selectors.set(text, { text, metric: metric ? expression.slice(metric.from, metric.to) : '', labels });
    },
  });
  return [...selectors.values()];
}

/**
 * The names of the labels that an expression groups, joins or matches by.
 *
 * @param {string} expression
 * @returns {string[]}
 */
export function groupingOf(expression) {
  /** @type {Set<string>} */
  const names = new Set();
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.name !== 'GroupingLabels') return;
      for (const name of namesIn(node.node, 'LabelName', expression)) names.add(name);
    },
  });
  return [...names];
}

/**
 * @param {ReturnType<typeof parser.parse>['topNode']} parent
 * @param {string} type
 * @param {string} expression
 */
function namesIn(parent, type, expression) {
  /** @type {Set<string>} */
  const names = new Set();
  parent.cursor().iterate((node) => {
    if (node.name === type) names.add(expression.slice(node.from, node.to));
  });
  return [...names];
}
