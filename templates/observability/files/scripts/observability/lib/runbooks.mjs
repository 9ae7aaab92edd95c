// @ts-check
// What a runbook has to have, and the queries in it.
import { readFileSync } from 'node:fs';
import { filesIn } from './files.mjs';

const FOLDER = 'docs/runbooks';
const SECTIONS = ['Symptom', 'Impact', 'Confirm', 'Mitigate', 'Prevent'];

/** @typedef {ReadonlyMap<string, string>} Runbooks Texts by path. */

/** @returns {Runbooks} */
export function readRunbooks() {
  return new Map(filesIn(FOLDER).map((file) => [file, readFileSync(file, 'utf8')]));
}

/**
 * What the runbook of an alert lacks, each as the end of a sentence that begins with the alert.
 *
 * @param {string} alert
 * @param {string} path
 * @param {string | undefined} anchor A heading within the runbook.
 * @param {Runbooks} runbooks
 * @returns {string[]}
 */
export function runbookProblems(alert, path, anchor, runbooks) {
  const text = runbooks.get(path);
  if (text === undefined)
    return [`has a runbook that does not exist: write ${path}, or correct its runbook_url`];
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return [
    ...SECTIONS.filter((section) => !headings.includes(section)).map(
      (section) => `has a runbook without the section "## ${section}": ${path}`,
    ),
    ...(text.includes(alert) ? [] : [`is not named in its runbook: say in ${path} what it means`]),
    ...(anchor === undefined || headings.map(slug).includes(anchor)
      ? []
      : [`has a runbook without the heading #${anchor}: ${path}`]),
  ];
}

/** @param {string} heading */
function slug(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
}

/**
 * The queries in fenced blocks of a language.
 *
 * @param {'promql' | 'logql'} language
 * @param {Runbooks} runbooks
 * @returns {{ where: string, expr: string }[]}
 */
export function queriesIn(language, runbooks) {
  const block = new RegExp(`^\`\`\`${language}\\n([^]+?)^\`\`\`$`, 'gm');
  return [...runbooks].flatMap(([path, text]) =>
    [...text.matchAll(block)].map(({ index, 1: expr = '' }) => ({
      where: `${path}:${text.slice(0, index).split('\n').length + 1}`,
      expr: expr.trim(),
    })),
  );
}
