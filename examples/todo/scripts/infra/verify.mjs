// @ts-check
// Checks everything below infra/ without an AWS account: format, the policy, validity, and the tests with mocked providers.
//   node scripts/infra/verify.mjs [folder…]
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { lockFile, lockFileProblem } from './lock-files.mjs';
import { readConfiguration, readState } from './policy/blocks.mjs';
import { check } from './policy/rules.mjs';
import { chosenConfigurations, hasTests, inParallel, requireTerraform, terraform } from './terraform.mjs';
import { readTestOutput } from './test-output.mjs';

if (process.argv.includes('--help')) {
  console.log('node scripts/infra/verify.mjs [folder…], e.g. infra/modules/network');
  process.exit(0);
}
const folders = chosenConfigurations(process.argv.slice(2));
console.log(`Terraform ${await requireTerraform()}`);

const formatted = await terraform(['fmt', '-check', '-recursive', 'infra']);
const results = [
  {
    what: 'fmt',
    runs: 0,
    problems: formatted.status === 0 ? [] : [`${formatted.stdout}${formatted.stderr}Run: npm run infra:fmt`],
  },
  ...(await inParallel(folders, checkUnlocked)),
];
for (const { what, runs, problems } of results) {
  console.log(
    `${problems.length === 0 ? 'passed' : 'FAILED'}  ${what}  ${runs > 0 ? `${runs} runs` : ''}`.trimEnd(),
  );
  for (const problem of problems) console.log(`  ${problem.trim().replaceAll('\n', '\n  ')}`);
}
const runs = results.reduce((sum, result) => sum + result.runs, 0);
const failures = results.flatMap(({ problems }) => problems).length;
console.log(`\n${runs} test runs passed, ${failures} problems`);
if (failures > 0) process.exitCode = 1;

/**
 * Checks a folder, and leaves no lock file behind that would be for this platform alone.
 *
 * @param {string} folder
 */
async function checkUnlocked(folder) {
  const isLocked = existsSync(lockFile(folder));
  try {
    return await checkFolder(folder);
  } finally {
    if (!isLocked) rmSync(lockFile(folder), { force: true });
  }
}

/**
 * @param {string} folder
 * @returns {Promise<{ what: string, runs: number, problems: string[] }>}
 */
async function checkFolder(folder) {
  const broken = check(await readConfiguration(folder));
  const lockProblem = lockFileProblem(folder);
  if (lockProblem) broken.push(lockProblem);
  if (broken.length > 0) return { what: folder, runs: 0, problems: broken };
  // What is locked is what is tested: a provider of another build is refused.
  const readonly = existsSync(lockFile(folder)) ? ['-lockfile=readonly'] : [];
  for (const args of [['init', '-backend=false', ...readonly], ['validate']]) {
    const { status, stdout, stderr } = await terraform(args, { folder });
    if (status !== 0) {
      return { what: folder, runs: 0, problems: [`terraform ${args.join(' ')}:\n${stdout}${stderr}`] };
    }
  }
  if (!hasTests(folder)) return { what: folder, runs: 0, problems: [`Write tests into ${folder}/tests.`] };
  const isEnvironment = folder.startsWith('infra/environments/');
  const verbose = isEnvironment ? ['-verbose'] : [];
  const { status, stdout, stderr } = await terraform(['test', '-json', ...verbose], { folder });
  const { passed, problems, states } = readTestOutput(stdout);
  // What an expression decides is judged where it is known: in what an environment would be made of.
  for (const state of states) problems.push(...check(await readState(folder, state)));
  if (isEnvironment && states.length === 0)
    problems.push('Write a test that applies: the policy judges what it makes.');
  if (status !== 0 && problems.length === 0) problems.push(stderr || stdout);
  const refused = await checkRefused(folder);
  return { what: folder, runs: passed + refused.runs, problems: [...problems, ...refused.problems] };
}

/**
 * Runs what Terraform has to refuse by itself, in a way that `expect_failures` can't name: each file in `tests/refused`
 * begins with the words of the error.
 *
 * @param {string} folder
 * @returns {Promise<{ runs: number, problems: string[] }>}
 */
async function checkRefused(folder) {
  const directory = 'tests/refused';
  if (!existsSync(path.join(folder, directory))) return { runs: 0, problems: [] };
  const { stdout } = await terraform(['test', '-json', `-test-directory=${directory}`], { folder });
  const errors = readTestOutput(stdout).problems.map((problem) => problem.replaceAll('\\', '/'));
  const files = readdirSync(path.join(folder, directory)).map((name) => `${directory}/${name}`);
  const problems = files.flatMap((file) => {
    const [, expected = ''] = /^# Refused: (.+)/.exec(readFileSync(path.join(folder, file), 'utf8')) ?? [];
    if (!expected) return [`${file}: begin with "# Refused: " and words of the error.`];
    if (errors.some((error) => error.includes(file) && error.includes(expected))) return [];
    return [`${file}: was not refused with "${expected}".\n${errors.join('\n')}`];
  });
  return { runs: files.length - problems.length, problems };
}
