// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where people and pipelines run Terraform. */
export const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64', 'windows_amd64'];

/** Once `bootstrap` was applied, what is applied next has to be what was tested: from then on lock files are insisted on. */
const BOOTSTRAPPED = 'infra/backend.hcl';

/** Whether a folder is applied by itself, and so locks its providers. */
export const isRoot = (/** @type {string} */ folder) => !folder.startsWith('infra/modules/');

/** Where the providers of a folder are locked. */
export const lockFile = (/** @type {string} */ folder) => path.join(folder, '.terraform.lock.hcl');

/**
 * What is wrong with the lock file of a folder.
 *
 * @param {string} folder
 * @returns {string | undefined}
 */
export function lockFileProblem(folder) {
  if (!isRoot(folder)) return undefined;
  const file = lockFile(folder);
  if (!existsSync(file)) {
    return existsSync(BOOTSTRAPPED) ? 'The providers are not locked. Run: npm run infra:lock' : undefined;
  }
  const checksums = readFileSync(file, 'utf8').match(/"h1:/g)?.length ?? 0;
  return checksums < PLATFORMS.length
    ? `The lock file is for ${checksums} of ${PLATFORMS.length} platforms. Run: npm run infra:lock`
    : undefined;
}
