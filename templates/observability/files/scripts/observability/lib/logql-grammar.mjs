// @ts-check
// Reads LogQL, by Grafana's own grammar.
import { parser } from '@grafana/lezer-logql';
import { filledIn, inPlace } from './queries.mjs';

/**
 * Where an expression does not follow the grammar.
 *
 * @param {string} logql May have variables of Grafana.
 * @returns {string[]}
 */
export function logqlProblems(logql) {
  const text = filledIn(logql);
  /** @type {string[]} */
  const problems = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (!type.isError) return;
      const there = text.slice(from, to).trim();
      problems.push(there ? `unexpected "${there}"` : `something is missing after "${text.slice(0, from)}"`);
    },
  });
  return [...new Set(problems)];
}

/**
 * The windows over which an expression counts lines, as they are written.
 *
 * @param {string} logql
 * @returns {string[]}
 */
export function windowsOf(logql) {
  /** @type {string[]} */
  const windows = [];
  parser.parse(inPlace(logql)).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'Range') windows.push(logql.slice(from + 1, to - 1));
    },
  });
  return windows;
}
