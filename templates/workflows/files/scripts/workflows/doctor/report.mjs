// @ts-check
import { styleText } from 'node:util';

/** @typedef {import('./finding.mjs').Finding} Finding */

/** @type {Record<Finding['state'], { mark: string, label: string, colour: 'green' | 'red' | 'yellow' }>} */
const STATES = {
  ok: { mark: '✔', label: 'ok', colour: 'green' },
  missing: { mark: '✘', label: 'missing', colour: 'red' },
  unavailable: { mark: '–', label: 'not available here', colour: 'yellow' },
  unknown: { mark: '?', label: 'not shown to you', colour: 'yellow' },
};
const WIDTH = Math.max(...Object.values(STATES).map(({ label }) => label.length));
const INDENT = ' '.repeat(WIDTH + 4);

/**
 * For people. Colours are left out where the terminal has none, or NO_COLOR is set.
 *
 * @param {import('./answers.mjs').Answers} answers
 * @param {Finding[]} findings
 */
export function reportOf({ repository, plan }, findings) {
  const { full_name, visibility } = repository;
  const on =
    visibility === 'private'
      ? `, ${plan ? `on the plan ${plan}` : 'on a plan that is not shown to you'}`
      : '';
  return [
    `${full_name}, ${visibility}${on}`,
    '',
    ...findings.flatMap((finding, index) => linesOf(finding, findings[index + 1])),
    '',
    summary(findings),
  ].join('\n');
}

/** What several ask for in a row is said once, after the last. @param {Finding} finding @param {Finding | undefined} next */
function linesOf({ state, title, detail, remedy }, next) {
  const { mark, label, colour } = STATES[state];
  const isSaidLater = next !== undefined && next.remedy === remedy;
  const below = [detail, isSaidLater ? undefined : remedy].flatMap((text) => text?.split('\n') ?? []);
  return [
    `${styleText(colour, `${mark} ${label.padEnd(WIDTH)}`)}  ${title}`,
    ...below.map((line) => `${INDENT}${line}`),
  ];
}

/** @param {Finding[]} findings */
function summary(findings) {
  return Object.entries(STATES)
    .map(([state, { label }]) => `${findings.filter((finding) => finding.state === state).length} ${label}`)
    .join(', ');
}
