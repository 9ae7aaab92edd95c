// @ts-check
// Whether what rules and panels ask for is there.
import { groupingOf, selectorsOf } from '../lib/promql.mjs';

/**
 * @typedef {{ metric: Record<string, string> }} Series
 *
 * @typedef {object} Question
 * @property {string} where Names the rule or panel.
 * @property {string} expression
 * @property {'value' | 'condition'} kind A condition of an alert is rarely true: what it compares has to be there.
 * @property {string} [legend] With `{{label}}`.
 */

/**
 * @param {Question} question
 * @param {(expression: string) => Promise<Series[]>} ask
 * @returns {Promise<string[]>} What is wrong.
 */
export async function problemsOf({ where, expression, kind, legend = '' }, ask) {
  try {
    const selected = await Promise.all(
      selectorsOf(expression).map(async (selector) => ({ ...selector, series: await ask(selector.text) })),
    );
    const empty = selected.filter(({ series }) => series.length === 0).map(({ text }) => text);
    // A condition is asked, too: Prometheus says what is wrong with it.
    const result = await ask(expression);
    if (empty.length > 0) return [`${where}: nothing is called ${empty.join(', nor ')}`];
    if (kind === 'value' && result.length === 0) return [`${where}: no data: ${expression}`];
    const known = new Set(
      selected.flatMap(({ series }) => series.flatMap(({ metric }) => Object.keys(metric))),
    );
    const grouping = groupingOf(expression).filter((label) => !known.has(label));
    const shown = kind === 'value' ? legendLabels(legend) : [];
    const missing = shown.filter((label) => !hasLabel(result, label));
    const matched = await Promise.all(selected.map(async (selector) => unknownMatchers(selector, ask)));
    return [
      ...new Set(matched.flat().map((problem) => `${where}: ${problem}`)),
      ...grouping.map((label) => `${where}: nothing has the label ${label}`),
      ...missing.map((label) => `${where}: no series has {{${label}}} for the legend`),
    ];
  } catch (error) {
    return [`${where}: ${/** @type {Error} */ (error).message}: ${expression}`];
  }
}

/**
 * Matchers such as `zone!="a"` and `zone=~".*"` select what has no such label, so that they never come back empty.
 *
 * @param {import('../lib/promql.mjs').Selector & { series: Series[] }} selector
 * @param {(expression: string) => Promise<Series[]>} ask
 * @returns {Promise<string[]>}
 */
async function unknownMatchers({ text, metric, matchers, series }, ask) {
  const labels = matchers.map(({ label }) => label).filter((label) => !hasLabel(series, label));
  // What `zone=""` selects lacks the label that others have.
  const all = labels.length > 0 && metric ? await ask(metric) : [];
  return labels
    .filter((label) => !hasLabel(all, label))
    .map((label) => `no ${metric || text} has the label ${label}`);
}

/** @param {readonly Series[]} series @param {string} label */
function hasLabel(series, label) {
  return series.some(({ metric }) => label in metric);
}

/**
 * Where a panel has nothing to show. A part of what it asks for may be missing, such as failures: that is none.
 *
 * @param {Question} question
 * @param {(expression: string) => Promise<unknown[]>} ask
 * @returns {Promise<string[]>}
 */
export async function emptiness({ where, expression }, ask) {
  const result = await ask(expression);
  return result.length > 0 ? [] : [`${where}: no data while all is well: ${expression}`];
}

/** @param {string} legend */
function legendLabels(legend) {
  return [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label = '']) => label);
}
