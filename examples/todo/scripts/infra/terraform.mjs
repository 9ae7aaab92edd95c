// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

const MINIMUM = { major: 1, minor: 11 };
/** Working data stays out of the folders, where it would be in the way of a real `terraform init`. */
const DATA = path.resolve('.data', 'terraform');

/**
 * @typedef {object} Result
 * @property {number} status Exit status; -1 where the program is missing.
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * The environment that Terraform gets: nothing by which the provider could find an account. A test that forgets to mock it
 * fails then, whoever runs it.
 *
 * @param {NodeJS.ProcessEnv} own
 * @returns {NodeJS.ProcessEnv}
 */
export function withoutAccount(own) {
  const nowhere = path.join(DATA, 'no-account');
  return {
    ...Object.fromEntries(Object.entries(own).filter(([name]) => !/^AWS_/i.test(name))),
    AWS_CONFIG_FILE: nowhere,
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/**
 * Runs Terraform without colours, questions, a terminal or an account.
 *
 * @param {string[]} args
 * @param {{ folder?: string }} [options] The folder of the configuration; the working directory without it.
 * @returns {Promise<Result>}
 */
export function terraform(args, { folder = '.' } = {}) {
  const plugins = path.join(DATA, 'plugins');
  mkdirSync(plugins, { recursive: true });
  const env = {
    ...withoutAccount(process.env),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    TF_CLI_ARGS: '-no-color',
    TF_DATA_DIR: path.join(DATA, folder.replaceAll(/[\\/]/g, '-')),
    TF_PLUGIN_CACHE_DIR: plugins,
    // Modules have no lock file, and still need not download a provider each.
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1',
  };
  return new Promise((resolve) => {
    const child = spawn('terraform', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', (error) => {
      resolve({ status: -1, stdout, stderr: error.message });
    });
    child.on('close', (code) => {
      resolve({ status: code ?? 1, stdout, stderr });
    });
  });
}

/**
 * Ends the process where there is no Terraform that can read the configuration: 77 (skipped) without one, 1 with one that
 * is too old.
 */
export async function requireTerraform() {
  const { status, stdout } = await terraform(['version', '-json']);
  if (status !== 0) {
    console.log(`terraform is not installed: see https://developer.hashicorp.com/terraform/install`);
    process.exit(77);
  }
  const version = String(JSON.parse(stdout).terraform_version);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > MINIMUM.major || (major === MINIMUM.major && minor >= MINIMUM.minor)) return version;
  console.error(`Terraform ${version} is too old: install ${MINIMUM.major}.${MINIMUM.minor} or later.`);
  return process.exit(1);
}

/**
 * Every folder below `infra/` that holds a configuration, sorted; those that only tests use are no configurations.
 *
 * @returns {string[]}
 */
export function configurations() {
  return readdirSync('infra', { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tf(\.json)?$/.test(entry.name))
    .map((entry) => path.relative('.', entry.parentPath).replaceAll(path.sep, '/'))
    .filter((folder) => !/(^|\/)(\.terraform|tests)(\/|$)/.test(folder))
    .filter((folder, index, all) => all.indexOf(folder) === index)
    .sort();
}

/**
 * The configurations that arguments of a script name, all without any. Ends the process where one doesn't exist.
 *
 * @param {readonly string[]} args
 * @returns {string[]}
 */
export function chosenConfigurations(args) {
  const all = configurations();
  const wanted = args.map((folder) => folder.replace(/\/$/, ''));
  const unknown = wanted.filter((folder) => !all.includes(folder));
  if (unknown.length > 0) {
    console.error(`There is no configuration in ${unknown.join(', ')}.\nChoose from:\n  ${all.join('\n  ')}`);
    process.exit(2);
  }
  return wanted.length > 0 ? wanted : all;
}

/**
 * @param {string} folder
 */
export function hasTests(folder) {
  const tests = path.join(folder, 'tests');
  return existsSync(tests) && readdirSync(tests).some((name) => /\.tftest\.(hcl|json)$/.test(name));
}

/**
 * Calls `work` for every item, for as many at a time as there are processors, and gives the results in order.
 *
 * @template Item, Outcome
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<Outcome>} work
 * @returns {Promise<Outcome[]>}
 */
export async function inParallel(items, work) {
  /** @type {Outcome[]} */
  const results = [];
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}
