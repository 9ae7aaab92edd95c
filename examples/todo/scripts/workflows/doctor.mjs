// @ts-check
// Says which protections of the repository on GitHub are missing, and how to switch them on.
//   node scripts/workflows/doctor.mjs --help
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HELP, readArguments, Usage } from './doctor/arguments.mjs';
import { statusOf } from './doctor/finding.mjs';
import { findingsOf } from './doctor/findings.mjs';
import { Unaskable } from './doctor/github.mjs';
import { needsOf } from './doctor/needs.mjs';
import { reportOf } from './doctor/report.mjs';
import { survey } from './doctor/survey.mjs';

const FOLDER = join('.github', 'workflows');

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof Usage) console.error(error.message);
  else if (error instanceof Unaskable) console.error(`${error.message}\n${error.remedy}`);
  else throw error;
  process.exitCode = 2;
}

async function main() {
  const { repository, json, help } = readArguments(process.argv.slice(2));
  if (help) {
    console.log(HELP);
    return 0;
  }
  const names = readdirSync(FOLDER).filter((name) => /\.ya?ml$/.test(name));
  const needs = needsOf(names.map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') })));
  const answers = await survey(repository, needs.environments.keys());
  const findings = findingsOf(needs, answers);
  const { full_name, visibility } = answers.repository;
  console.log(
    json
      ? JSON.stringify({ repository: full_name, visibility, plan: answers.plan, findings }, null, 2)
      : reportOf(answers, findings),
  );
  return statusOf(findings);
}
