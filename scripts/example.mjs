/**
 * `npm run example`: renders `examples/todo` anew from `examples/todo.answers.json`, with the files that the project's
 * own tools write (lock file, OpenAPI document). Versions that its lock file already pins stay as they are.
 */
import { copyFileSync, cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { main, step } from './lib/steps.mjs';
import { generator, isBuilt, npm, root } from './lib/tools.mjs';

const TARGET = path.join(root, 'examples', 'todo');
const DRAFT = path.join(root, '.cache', 'example', 'todo');
const LOCK_FILE = 'package-lock.json';

await main(async () => {
  rmSync(DRAFT, { recursive: true, force: true });
  if (!isBuilt()) await step('Building the generator', npm(['run', 'build', '--silent']));
  const answers = [
    '--answers',
    path.join(root, 'examples', 'todo.answers.json'),
    '--yes',
    '--no-install',
    '--no-git',
  ];
  await step('Rendering', { command: process.execPath, args: [generator, DRAFT, ...answers] });
  const pinned = path.join(TARGET, LOCK_FILE);
  if (existsSync(pinned)) copyFileSync(pinned, path.join(DRAFT, LOCK_FILE));
  // Without the registry's address in the lock file, so that it is the same wherever it is written.
  const flags = ['--omit-lockfile-registry-resolved', '--no-audit', '--no-fund'];
  await step('Installing', npm(['install', ...flags]), DRAFT);
  await step('Generating what only an installed project knows', npm(['run', 'generate', '--silent']), DRAFT);
  replaceExample();
  console.log('\nexamples/todo is up to date. Commit the difference, if there is one.');
});

/** Puts what belongs to the project in the example's place; its `node_modules` and build output do not. */
function replaceExample() {
  const manifest = JSON.parse(readFileSync(path.join(DRAFT, '.prod-forge.json'), 'utf8'));
  rmSync(TARGET, { recursive: true, force: true });
  for (const file of ['.prod-forge.json', ...Object.keys(manifest.files), ...Object.keys(manifest.derived)]) {
    cpSync(path.join(DRAFT, file), path.join(TARGET, file));
  }
  rmSync(DRAFT, { recursive: true, force: true });
}
