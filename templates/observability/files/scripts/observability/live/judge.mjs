// @ts-check
// Whether what rules and panels ask for is there.
import { groupingOf, selectorsOf } from '../lib/promql.mjs';

/**
 * @typedef {object} Question
 * @property {string} where Names the rule or panel.
 * @property {string} expression
 * @property {'value' | 'condition'} kind A condition of an alert is rarely true: what it compares has to be there.
 * @property {string} [legend] With `{{label}}`.
 */

/**
 * @param {Question} question
 * @param {(expression: string) => Promise<{ metric: Record<string, string> }[]>} ask
 * @returns {Promise<string[]>} What is wrong.
 */
export async function problemsOf({ where, expression, kind, legend = '' }, ask) {
  try {
    const selected = await Promise.all(
      selectorsOf(expression).map(async ({ text }) => ({ text, series: await ask(text) })),
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
    const missing = shown.filter((label) => result.every(({ metric }) => !(label in metric)));
    return [
      ...grouping.map((label) => `${where}: nothing has the label ${label}`),
      ...missing.map((label) => `${where}: no series has {{${label}}} for the legend`),
    ];
  } catch (error) {
    return [`${where}: ${/** @type {Error} */ (error).message}: ${expression}`];
  }
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
