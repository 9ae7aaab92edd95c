// @ts-check

/**
 * Prints how a check went; the process fails where there is a problem.
 *
 * @param {string} what
 * @param {string[]} problems
 */
export function report(what, problems) {
  console.log(`${problems.length === 0 ? 'passed' : 'FAILED'}  ${what}`);
  for (const problem of problems) console.log(`  ${problem.trim().replaceAll('\n', '\n  ')}`);
  if (problems.length > 0) process.exitCode = 1;
}
