// @ts-check
// Programs that check or run what observability/ describes: those of the images that compose.yaml names where Docker answers,
// so that what is tried is what runs, or else those that are installed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const COMPOSE = 'observability/compose.yaml';
const CACHE = '.data/tools';

/**
 * By name: the service of compose.yaml whose image has it, its path there, and what else it is called where it is installed.
 *
 * @satisfies {Record<string, { service: string, path: string, aliases?: string[] }>}
 */
const TOOLS = {
  promtool: { service: 'prometheus', path: '/bin/promtool' },
  prometheus: { service: 'prometheus', path: '/bin/prometheus' },
  amtool: { service: 'alertmanager', path: '/bin/amtool' },
  alertmanager: { service: 'alertmanager', path: '/bin/alertmanager', aliases: ['prometheus-alertmanager'] },
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
  const {
    service,
    path,
    aliases = [],
  } = /** @type {{ service: string, path: string, aliases?: string[] }} */ (TOOLS[name]);
  const image = parse(readFileSync(COMPOSE, 'utf8')).services[service].image;
  const found = fromImage(image, path, name) ?? [name, ...aliases].find(isInstalled);
  if (found) return found;
  throw new MissingTool(`there is no ${name}: start Docker, which brings ${image}, or install it`);
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

/** @param {string} program */
function isInstalled(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}
