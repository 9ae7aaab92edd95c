// @ts-check
// What a runbook has to have, and the queries in it.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
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
 * The commands of Docker Compose that name what is in none of the files that they pass. `<…>` stands for whatever the reader means.
 *
 * @param {Runbooks} runbooks
 * @param {(file: string) => readonly string[]} servicesOf
 * @returns {string[]}
 */
export function commandProblems(runbooks, servicesOf = servicesIn) {
  return [...runbooks].flatMap(([path, text]) =>
    [...text.matchAll(/docker compose ([^`|\n]+)/g)].flatMap(({ index, 1: words = '' }) => {
      const { files, named } = parts(words);
      const services = files.flatMap(servicesOf);
      const line = text.slice(0, index).split('\n').length;
      return named
        .filter((name) => !name.startsWith('<') && !services.includes(name))
        .map((name) => `${path}:${line}: there is no service ${name} in ${files.join(' and ')}: correct it`);
    }),
  );
}

/**
 * What a command passes: its files, and the services after the subcommand and the options, of which `exec` and `run` take one.
 *
 * @param {string} words
 */
function parts(words) {
  const files = [...words.matchAll(/(?:-f|--file) (\S+)/g)].map(([, file = '']) => file);
  const [subcommand = '', ...others] = words
    .replaceAll(/(?:-f|--file|-s|--since|--tail) \S+| >.*/g, '')
    .split(' ')
    .filter((word) => word !== '' && !word.startsWith('-'));
  const named = ['exec', 'run'].includes(subcommand) ? others.slice(0, 1) : others;
  return { files: files.length > 0 ? files : ['compose.yaml'], named };
}

/** @param {string} file */
function servicesIn(file) {
  return Object.keys(parse(readFileSync(file, 'utf8'), { merge: true }).services);
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
