/**
 * `npm test`: everything that must hold in this repository, step by step. Runs all steps even when one fails and ends
 * with one line: `N passed, N failed`. `npm test -- <step> …` runs only the named steps, and the build where they
 * need it.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { npm, root, run } from './lib/tools.mjs';

/**
 * @typedef {{ passed: number, failed: number, notes: string[] }} Result
 * @typedef {{ name: string, title: string, needsBuild?: boolean, check: () => Promise<Result> }} Step
 */

/** @type {readonly Step[]} */
const STEPS = [
  { name: 'build', title: 'The package builds', check: script('build') },
  { name: 'typecheck', title: 'Types', needsBuild: true, check: script('typecheck') },
  { name: 'lint', title: 'Lint', check: script('lint') },
  { name: 'format', title: 'Format', check: script('format:check') },
  { name: 'knip', title: 'Unused code and dependencies', check: script('knip') },
  {
    name: 'docs',
    title: 'Documentation made from the registry',
    needsBuild: true,
    check: script('docs:check'),
  },
  { name: 'unit', title: 'Unit tests', check: jest('unit') },
  { name: 'cli', title: 'Command line tests', needsBuild: true, check: jest('cli') },
  {
    name: 'generated',
    title: 'Tests of what is rendered',
    needsBuild: true,
    check: jest('generated'),
  },
  {
    name: 'start',
    title: 'npm start: from nothing to the first request',
    needsBuild: true,
    check: firstStart,
  },
];

// Under `CI` some tools colour what goes into a file.
if (!process.stdout.isTTY && !process.env['FORCE_COLOR']) process.env['NO_COLOR'] ??= '1';

const names = process.argv.slice(2);
const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`There is no step called ${unknown.join(', ')}.`);
  console.error(`Name one or more of: ${STEPS.map((step) => step.name).join(', ')}.`);
  process.exit(2);
}
const chosen = STEPS.filter((step) => names.length === 0 || names.includes(step.name));
const needsBuild = chosen.some((step) => step.needsBuild);
const steps = STEPS.filter((step) => chosen.includes(step) || (needsBuild && step.name === 'build'));

const rows = [];
for (const [index, step] of steps.entries()) {
  console.log(`\n=== ${index + 1}/${steps.length} ${step.name}: ${step.title}\n`);
  const start = performance.now();
  const result = await step.check();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  rows.push({ name: step.name, seconds, ...result });
}

console.log('\n=== Result\n');
for (const { name, passed, failed, seconds, notes } of rows) {
  console.log(
    `${failed === 0 ? 'passed' : 'FAILED'}  ${name.padEnd(10)} ${seconds.padStart(7)} s  ${passed} passed, ${failed} failed`,
  );
  for (const note of notes) console.log(`        ${note}`);
}
const total = {
  passed: rows.reduce((sum, row) => sum + row.passed, 0),
  failed: rows.reduce((sum, row) => sum + row.failed, 0),
};
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

/**
 * A check that is one npm script.
 *
 * @param {string} name
 * @returns {() => Promise<Result>}
 */
function script(name) {
  return async () => {
    return verdict(`npm run ${name}`, await run(npm(['run', name, '--silent'])));
  };
}

/** What a newcomer's first `npm start` does, in a folder of its own. */
async function firstStart() {
  const directory = path.join('.cache', 'start', 'demo');
  rmSync(path.join(root, directory), { recursive: true, force: true });
  const status = await run({
    command: process.execPath,
    args: [path.join(root, 'scripts', 'start.mjs'), '--once', '--directory', directory],
  });
  return verdict('npm start -- --once', status);
}

/**
 * @param {string} command
 * @param {number} status its exit status
 * @returns {Result}
 */
function verdict(command, status) {
  return status === 0
    ? { passed: 1, failed: 0, notes: [] }
    : { passed: 0, failed: 1, notes: [`${command} ended with exit status ${status}`] };
}

/**
 * A check that is one jest project. Tests that did not run are listed, and count as failed under `CI=true`.
 *
 * @param {string} project
 * @returns {() => Promise<Result>}
 */
function jest(project) {
  return async () => {
    const report = path.join(root, 'reports', `jest-${project}.json`);
    rmSync(report, { force: true });
    mkdirSync(path.dirname(report), { recursive: true });
    const status = await run({
      command: process.execPath,
      args: [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
        '--selectProjects',
        project,
        // A test that was given up may leave a process behind that jest would wait for, for ever.
        '--forceExit',
        '--json',
        `--outputFile=${report}`,
      ],
    });
    return summarize(report, status);
  };
}

/**
 * @param {string} report the file that jest wrote
 * @param {number} status the exit status of jest
 * @returns {Result}
 */
function summarize(report, status) {
  let results;
  try {
    results = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, notes: [`jest ended with exit status ${status} and wrote no report`] };
  }
  const tests = results.testResults.flatMap((/** @type {any} */ file) => file.assertionResults);
  const skipped = tests.filter(
    (/** @type {any} */ test) => test.status === 'pending' || test.status === 'todo',
  );
  const skipsFail = process.env['CI'] === 'true';
  const notes = skipped.map((/** @type {any} */ test) => `skipped: ${test.fullName}`);
  if (skipped.length > 0)
    notes.push(`${skipped.length} skipped${skipsFail ? ', which fails where CI=true' : ''}`);

  let failed = results.numFailedTests + results.numRuntimeErrorTestSuites + (skipsFail ? skipped.length : 0);
  if (results.numPassedTests + failed === 0 || (status !== 0 && failed === 0)) {
    failed += 1;
    notes.push(tests.length === 0 ? 'no test ran' : `jest ended with exit status ${status}`);
  }
  return { passed: results.numPassedTests, failed, notes };
}
