// @ts-check
import { branchFindings } from './branch.mjs';
import { environmentFindings } from './environments.mjs';
import { securityFindings } from './security.mjs';

/**
 * All that the repository should have, and whether it does.
 *
 * @param {import('./needs.mjs').Needs} needs
 * @param {import('./answers.mjs').Answers} answers
 */
export function findingsOf(needs, answers) {
  return [
    ...branchFindings(needs, answers),
    ...environmentFindings(needs, answers),
    ...securityFindings(answers),
  ];
}
