// @ts-check
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redocly } from './redocly.mjs';

/**
 * @typedef {object} Exception A change that is meant to break clients.
 * @property {string} change As `breakingChanges` writes it.
 * @property {string} reason Why it may.
 */

/**
 * The changes between two OpenAPI documents that can break a client of the first.
 *
 * @param {object} base
 * @param {object} revision
 * @returns {string[]}
 */
export function breakingChanges(base, revision) {
  const directory = mkdtempSync(join(tmpdir(), 'openapi-'));
  try {
    const files = [base, revision].map((document, index) => {
      const file = join(directory, `${index}.json`);
      writeFileSync(file, JSON.stringify(document));
      return file;
    });
    return rate(files);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * @param {string[]} files
 * @returns {string[]}
 */
function rate(files) {
  const { stdout, stderr } = redocly('diff', ...files, '--format=json', '--fail-on=none');
  if (!stdout.startsWith('{')) throw new Error(`The documents can not be compared:\n${stdout}${stderr}`);
  /** @type {{ changes: { path: string, verdicts?: { ruleId: string, impact: string, message: string }[] }[] }} */
  const { changes } = JSON.parse(stdout);
  return changes.flatMap(({ path, verdicts = [] }) =>
    verdicts
      .filter(({ impact }) => impact === 'major')
      .map(({ ruleId, message }) => `${message} (${ruleId} at ${path})`),
  );
}

/**
 * What stands between the changes and a release: breaking ones that nobody meant, and exceptions that lack a reason or
 * that nothing needs.
 *
 * @param {readonly string[]} changes
 * @param {readonly Exception[]} exceptions
 * @returns {string[]}
 */
export function problemsOf(changes, exceptions) {
  const meant = exceptions.map(({ change }) => change);
  const unexplained = exceptions.filter(({ reason }) => !reason?.trim());
  return [
    ...changes.filter((change) => !meant.includes(change)),
    ...unexplained.map(({ change }) => `This exception has no reason: ${change}`),
    ...meant
      .filter((change) => !changes.includes(change))
      .map((change) => `Nothing needs this exception any more: ${change}`),
  ];
}
