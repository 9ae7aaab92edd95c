// @ts-check
// Programs that check or run what observability/ describes: those of the images that compose.yaml names where Docker answers,
// so that what is tried is what runs, or else those that are installed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const COMPOSE = 'observability/compose.yaml';
const CACHE = '.data/tools';

/** Since then a webhook takes its address from a `url_file`. */
const ALERTMANAGER_SINCE = '0.26';

/**
 * @typedef {object} Program
 * @property {string} service That of compose.yaml whose image has it.
 * @property {string} path Where it is in there.
 * @property {string[]} [aliases] What else it is called where it is installed.
 * @property {string} [since] The oldest version that takes what observability/ has.
 */

/** @satisfies {Record<string, Program>} By name. */
const TOOLS = {
  promtool: { service: 'prometheus', path: '/bin/promtool' },
  prometheus: { service: 'prometheus', path: '/bin/prometheus' },
  amtool: { service: 'alertmanager', path: '/bin/amtool', since: ALERTMANAGER_SINCE },
  alertmanager: {
    service: 'alertmanager',
    path: '/bin/alertmanager',
    aliases: ['prometheus-alertmanager'],
    since: ALERTMANAGER_SINCE,
  },
  postgres_exporter: {
    service: 'postgres-exporter',
    path: '/bin/postgres_exporter',
    aliases: ['prometheus-postgres-exporter'],
  },
  node_exporter: {
    service: 'node-exporter',
    path: '/bin/node_exporter',
    aliases: ['prometheus-node-exporter'],
  },
  loki: { service: 'loki', path: '/usr/bin/loki' },
  alloy: { service: 'alloy', path: '/bin/alloy' },
};

/** @typedef {keyof typeof TOOLS} Tool */

/** Whatever is asked for and is nowhere. */
export class MissingTool extends Error {}

/**
 * The path of a program.
 *
 * Throws a {@link MissingTool} that says how to get it.
 *
 * @param {Tool} name
 * @returns {string}
 */
export function findTool(name) {
  const { service, path, aliases = [], since } = /** @type {Program} */ (TOOLS[name]);
  const image = parse(readFileSync(COMPOSE, 'utf8')).services[service].image;
  const extracted = fromImage(image, path, name);
  if (extracted) return extracted;
  for (const program of [name, ...aliases]) {
    const version = versionText(program);
    if (version === undefined) continue;
    const problem = ageProblem(version, since);
    if (!problem) return program;
    throw new MissingTool(`${program} ${problem}: start Docker, which brings ${image}, or install that`);
  }
  throw new MissingTool(`there is no ${name}: start Docker, which brings ${image}, or install it`);
}

/**
 * What is wrong with the version of a program; undefined if nothing is. One that does not say its version is taken.
 *
 * @param {string} text What the program says of its version.
 * @param {string} [since] The oldest that will do.
 * @returns {string | undefined}
 */
export function ageProblem(text, since) {
  const version = /\bversion v?(\d+(?:\.\d+)+)/.exec(text)?.[1];
  if (!version || !since || version.localeCompare(since, 'en', { numeric: true }) >= 0) return undefined;
  return `is of version ${version}, and ${since} or later is needed`;
}

/**
 * @param {string} image
 * @param {string} path
 * @param {string} name
 * @returns {string | undefined}
 */
function fromImage(image, path, name) {
  // What is in an image runs on Linux alone.
  if (process.platform !== 'linux') return undefined;
  const folder = join(CACHE, image.replaceAll(/[^\w.-]/g, '_'));
  const file = resolve(folder, name);
  if (existsSync(file)) return file;
  const created = docker('create', image);
  if (created === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  const copied = docker('cp', `${created}:${path}`, `${file}.part`);
  docker('rm', created);
  if (copied === undefined) return undefined;
  renameSync(`${file}.part`, file);
  return file;
}

/** @param {string[]} args @returns {string | undefined} */
function docker(...args) {
  const { status, stdout } = spawnSync('docker', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * @param {string} program
 * @returns {string | undefined} what it says of its version; undefined where it is not installed
 */
function versionText(program) {
  const { status, stdout, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? `${stdout}${stderr}` : undefined;
}
