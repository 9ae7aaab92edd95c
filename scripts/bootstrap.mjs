#!/usr/bin/env node
/**
 * Runs a script of this repository on a machine as it is: `node scripts/bootstrap.mjs <script> [arguments]`.
 *
 * Gets Node 24 where the Node at hand is older, installs the dependencies where they are missing or older than the
 * lock file, and hands over. Written without dependencies; never asks.
 */
import path from 'node:path';
import { fetchNode24, INSTALL_NODE, isRecentEnough } from './lib/node24.mjs';
import { isInstalled, npm, root, run } from './lib/tools.mjs';

const [script, ...args] = process.argv.slice(2);
if (!script) {
  console.error('No script was named.\nRun: node scripts/bootstrap.mjs <script> [arguments]');
  process.exit(2);
}

let node = process.execPath;
try {
  if (!isRecentEnough()) node = await fetchNode24();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(INSTALL_NODE);
  process.exit(2);
}
/** @type {NodeJS.ProcessEnv} */
const environment = { ...process.env, NODE: node, npm_node_execpath: node };
if (node !== process.execPath) {
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  environment[key] = [path.dirname(node), environment[key]].filter(Boolean).join(path.delimiter);
}

// Without install scripts: nothing here needs one, and the scripts build the generator themselves.
if (!isInstalled(root, 'package-lock.json')) {
  console.log('Installing dependencies (npm ci)');
  const status = await run(npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], node), {
    env: environment,
  });
  if (status !== 0) {
    console.error(
      'The dependencies could not be installed: npm says why above.\nMend that and run the same command again.',
    );
    process.exit(status);
  }
}

process.exitCode = await run(
  { command: node, args: [path.resolve(root, script), ...args] },
  { env: environment },
);
