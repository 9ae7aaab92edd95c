// @ts-check

/** A comment on GitHub holds 65,536 characters. */
const LONGEST = 60_000;

/** What `terraform plan -detailed-exitcode` means by its exit status. @param {number | null} status */
export function verdictOf(status) {
  if (status === 0) return 'nothing to change';
  return status === 2 ? 'changes' : 'the plan failed';
}

/**
 * A plan for people. Of a long one the end is shown, which sums it up.
 *
 * @param {string} environment
 * @param {number | null} status
 * @param {string} output
 */
export function reportOf(environment, status, output) {
  const title = `## Terraform, ${environment}: ${verdictOf(status)}\n`;
  if (status === 0) return title;
  const shown = output.length > LONGEST ? `…\n${output.slice(-LONGEST)}` : output;
  // A fence longer than any within.
  const fence = '`'.repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${title}\n<details><summary>The plan</summary>\n\n${fence}text\n${shown.trimEnd()}\n${fence}\n\n</details>\n`;
}
