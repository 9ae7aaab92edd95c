// @ts-check
// Writes the committed files that only an installed project can know: the lock file, where there is none, the OpenAPI
// document, and the example of an environment.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync('package-lock.json')) run('npm install');
run('npm run build');
run('node scripts/openapi.mjs');
run('node scripts/env-example.mjs');

/** @param {string} command */
function run(command) {
  try {
    execSync(command, { stdio: 'inherit' });
  } catch {
    // The command has said what is wrong.
    process.exit(1);
  }
}
