// @ts-check
// Refuses changes of openapi.json that break clients of the last release.
import { existsSync, readFileSync } from 'node:fs';
import { breakingChanges, problemsOf } from './lib/breaking-changes.mjs';
import { fileAt, latestRelease } from './lib/latest-release.mjs';

const FILE = 'openapi.json';
const EXCEPTIONS = 'openapi-exceptions.json';
const NOT_APPLICABLE = 78;

try {
  compare();
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}

function compare() {
  const release = latestRelease();
  if ('none' in release) return skip(`Nothing to compare ${FILE} with: ${release.none}.`);
  const released = fileAt(release.tag, FILE);
  if (released === undefined) return skip(`Nothing to compare ${FILE} with: ${release.tag} has none.`);

  const exceptions = existsSync(EXCEPTIONS) ? JSON.parse(readFileSync(EXCEPTIONS, 'utf8')) : [];
  const changes = breakingChanges(JSON.parse(released), JSON.parse(readFileSync(FILE, 'utf8')));
  const problems = problemsOf(changes, exceptions);
  if (problems.length === 0) {
    const meant = changes.length === 0 ? '' : `, except for the ${changes.length} change(s) in ${EXCEPTIONS}`;
    console.log(`Clients of ${release.tag} go on working${meant}.`);
    return;
  }
  console.error(problems.map((problem) => `- ${problem}`).join('\n'));
  console.error(
    `\nCompared with ${release.tag}. docs/adr/api-contract.md says how to change the API without breaking`,
  );
  console.error('its clients, and how to break them on purpose.');
  process.exitCode = 1;
}

/** @param {string} reason */
function skip(reason) {
  console.log(reason);
  process.exitCode = NOT_APPLICABLE;
}
