// The CLI of GitHub, as far as it reads: answers `gh api` from a table, in the way that GitHub and gh do.
//   GITHUB_TABLE=<file> node gh.mjs api --header <header> <path>
import { appendFileSync, readFileSync } from 'node:fs';

const table = process.env['GITHUB_TABLE'] ?? '';
/** @type {import('./github.ts').Table} */
const { isLoggedIn = true, remote, answers } = JSON.parse(readFileSync(table, 'utf8'));
const [command, flag, , address = '', ...rest] = process.argv.slice(2);
if (command !== 'api' || flag !== '--header' || rest.length > 0)
  fail(64, `no such command: ${process.argv.slice(2).join(' ')}`);
if (!isLoggedIn) fail(4, 'To get started with GitHub CLI, please run:  gh auth login');
if (address.includes('{owner}') && remote === undefined)
  fail(1, 'unable to expand placeholder in path: no git remotes found');

const { pathname, searchParams } = new URL(
  address.replace('{owner}/{repo}', remote ?? ''),
  'https://api.github.com',
);
const path = decodeURIComponent(pathname.slice(1));
appendFileSync(`${table}.log`, `${path}\n`);
/** @type {{ status: number, body?: any }} */
const { status, body } = answers[path] ?? { status: 404, body: { message: 'Not Found' } };
if (body !== undefined) process.stdout.write(JSON.stringify(pageOf(body)));
if (status >= 400) fail(1, `gh: ${body.message} (HTTP ${status})`);

/**
 * Lists come in pages, those of variables with 30 at most.
 *
 * @param {any} all
 */
function pageOf(all) {
  const size = Math.min(Number(searchParams.get('per_page') ?? 30), path.endsWith('variables') ? 30 : 100);
  const start = (Number(searchParams.get('page') ?? 1) - 1) * size;
  const page = (/** @type {unknown} */ value) =>
    Array.isArray(value) ? value.slice(start, start + size) : value;
  if (Array.isArray(all) || !('total_count' in all)) return page(all);
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, page(value)]));
}

/**
 * @param {number} exit
 * @param {string} message
 * @returns {never}
 */
function fail(exit, message) {
  process.stderr.write(`${message}\n`);
  process.exit(exit);
}
