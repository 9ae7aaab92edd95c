// @ts-check
// Runs the proofs of the project, or only those whose ids are given, and reports on them:
//   node scripts/verify.mjs [id…]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { requireNode24 } from './lib/node-version.mjs';
import { runCheck } from './lib/run-check.mjs';
import { markdownReport, terminalReport } from './lib/verify-report.mjs';

/** @typedef {{ id: string, title: string, command: string, claims: string[], order: number }} Check */

requireNode24('verify');

/** @type {Check[]} */
const all = JSON.parse(readFileSync(new URL('checks.json', import.meta.url), 'utf8'));
/** @type {import('./lib/verify-report.mjs').Requirement[]} */
const requirements = JSON.parse(readFileSync(new URL('requirements.json', import.meta.url), 'utf8'));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => !all.some((check) => check.id === id));
if (unknown.length > 0) {
  console.error(
    `There is no check ${unknown.join(', ')}. Choose from: ${all.map(({ id }) => id).join(', ')}.`,
  );
  process.exit(2);
}

const strict = process.env.CI === 'true';
const results = [];
for (const check of all.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  console.log(`\n▶ ${check.id}: ${check.title}\n  ${check.command}\n`);
  results.push({ ...check, ...(await runCheck(check.command, { strict })) });
}

mkdirSync('reports', { recursive: true });
writeFileSync('reports/verify.json', `${JSON.stringify(results, null, 2)}\n`);
writeFileSync('reports/verify.md', markdownReport(results, requirements));
console.log(terminalReport(results, requirements));
if (results.some(({ status }) => status === 'failed')) process.exitCode = 1;
