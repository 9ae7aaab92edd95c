// @ts-check
import { execFile } from 'node:child_process';

/**
 * @typedef {object} Answer
 * @property {number} status Of HTTP.
 * @property {any} body As GitHub documents it; undefined where there is none.
 * @property {string} message What GitHub says where it refuses; else empty.
 */

/** GitHub can't be asked at all: what is wrong, and what to do about it. */
export class Unaskable extends Error {
  /** @param {string} what @param {string} remedy */
  constructor(what, remedy) {
    super(what);
    this.name = 'Unaskable';
    this.remedy = remedy;
  }
}

/** GitHub's largest page of variables. */
const PAGE = 30;
/** Of gh, where nobody is logged in. */
const NOT_LOGGED_IN = 4;
const ENVIRONMENT = { GH_PROMPT_DISABLED: '1', GH_NO_UPDATE_NOTIFIER: '1', NO_COLOR: '1' };

/**
 * Asks GitHub for one thing. Throws {@link Unaskable}.
 *
 * @param {string} path
 * @returns {Promise<Answer>}
 */
export async function ask(path) {
  const { status, stdout, stderr } = await gh(['api', '--header', 'X-GitHub-Api-Version: 2022-11-28', path]);
  if (status === 0) return { status: 200, body: stdout.trim() ? JSON.parse(stdout) : undefined, message: '' };
  return refusalOf(status, stderr);
}

/**
 * Asks for all pages of a list, and answers with the whole of it.
 *
 * @param {string} path
 * @param {string} [key] Where in a page the list is, unless it is the page.
 * @returns {Promise<Answer>}
 */
export async function askAll(path, key) {
  const list = [];
  for (let page = 1; ; page += 1) {
    const answer = await ask(`${path}?per_page=${PAGE}&page=${page}`);
    if (answer.status !== 200) return answer;
    const items = key === undefined ? answer.body : answer.body[key];
    list.push(...items);
    if (items.length < PAGE) return { ...answer, body: list };
  }
}

/**
 * What gh tells by a failure: an answer of GitHub's, or that there is none.
 *
 * @param {number} status Of the process.
 * @param {string} stderr
 * @returns {Answer}
 */
export function refusalOf(status, stderr) {
  const [, message = '', code = ''] = /^gh: (?:(.*) \()?HTTP (\d{3})\)?$/m.exec(stderr) ?? [];
  if (status === NOT_LOGGED_IN || code === '401')
    throw new Unaskable('gh is not logged in to GitHub.', 'Log in: gh auth login');
  if (stderr.includes('unable to expand placeholder'))
    throw new Unaskable(
      'This folder has no remote on GitHub.',
      'Name the repository, by --repo owner/name, or add the remote: git remote add origin <url>',
    );
  if (code === '')
    throw new Unaskable(
      `gh could not ask GitHub: ${stderr.trim()}`,
      'Check the connection, and gh auth status.',
    );
  if (code.startsWith('5') || code === '429' || /rate limit/i.test(message))
    throw new Unaskable(`GitHub does not answer now (${code}: ${message}).`, 'Try again later.');
  return { status: Number(code), body: undefined, message };
}

/**
 * @param {string[]} args
 * @returns {Promise<{ status: number, stdout: string, stderr: string }>}
 */
function gh(args) {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...ENVIRONMENT }, maxBuffer: 16 * 1024 * 1024 };
    execFile('gh', args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number')
        reject(
          new Unaskable(
            error.code === 'ENOENT' ? 'gh, the CLI of GitHub, is not installed.' : error.message,
            'Install it: https://cli.github.com',
          ),
        );
      else resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
