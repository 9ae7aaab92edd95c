// @ts-check
// Builds the image, looks into it, and runs both of its commands as compose.yaml says and as bare containers, in a
// project of its own that is removed afterwards.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { UNLIMITED, load, scenariosOf } from './lib/load.mjs';

// Checks that run at the same time must not remove each other's containers.
const NAME = `verify-image-${process.pid}`;
const SKIPPED = 77;
const NOT_APPLICABLE = 78;
/** How long a container may take from `docker stop` to its end: what ECS and Kubernetes grant at the least. */
const STOP_SECONDS = 10;
/** What dependencies and code may add to the image of Node.js: half as much again as they do, so that a leap is noticed. */
const ADDED_MB = 150;
/** What a full load may take of the container's memory: the rest is the kernel's, for its sockets and files. */
const MEMORY_PART = 0.85;
const LOAD = { connections: 20, seconds: 5 };
const BUILD = {
  BUILD_VERSION: '1.2.3-verify',
  BUILD_COMMIT: 'a'.repeat(40),
  BUILD_TIME: '2026-01-15T09:30:00Z',
  BUILD_SOURCE: 'https://git.example/verify',
};
const ENVIRONMENT = { ...process.env, ...BUILD, IMAGE_TAG: NAME, PORT: '0', MANAGEMENT_PORT: '0' };

/** @type {{ name: string, ports: { http: number, management: number }, database: { name: string } }} */
const service = JSON.parse(readFileSync('service.json', 'utf8'));
/** @type {{ devDependencies: Record<string, string> }} */
const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const IMAGE = `${service.name}:${NAME}`;

const interruption = new AbortController();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => interruption.abort());

if (process.env.TEST_DATABASE === 'embedded')
  end(NOT_APPLICABLE, 'TEST_DATABASE=embedded says that this place works without Docker');
if (!(await succeeds('info'))) end(SKIPPED, 'Docker does not answer');
if (!(await succeeds('compose', 'version'))) end(SKIPPED, 'Docker has no compose plugin');

try {
  await docker(['compose', '--project-name', NAME, 'build'], { show: true });
  await isDescribed();
  await holdsOnlyWhatServes();
  await compose('up', '--detach', '--wait', '--wait-timeout', '120');
  await serves();
  await isConfined();
  await leavesMemory();
  await servesWithinMemory();
  await stopsInTime(await compose('ps', '--quiet', 'api'), 0);
  await servesAsProcessOne();
  await migratesAsProcessOne();
  await isSmall();
  console.log(
    'The image serves and migrates, holds nothing else, may do nothing else, and stops when asked.',
  );
} catch (error) {
  if (!interruption.signal.aborted) await cleanUp('compose', '--project-name', NAME, 'logs', '--tail', '50');
  console.error(interruption.signal.aborted ? 'Interrupted.' : /** @type {Error} */ (error).message);
  process.exitCode = 1;
} finally {
  await cleanUp('rm', '--force', `${NAME}-load`, `${NAME}-serve`, `${NAME}-migrate`);
  await cleanUp('compose', '--project-name', NAME, 'down', '--volumes');
  await cleanUp('image', 'rm', '--force', IMAGE);
}

async function isDescribed() {
  /** @type {{ Labels: Record<string, string>, Cmd: string[], Entrypoint: string[] | null }} */
  const { Labels, Cmd, Entrypoint } = JSON.parse(
    await docker(['image', 'inspect', '--format', '{{json .Config}}', IMAGE]),
  );
  for (const [label, expected] of Object.entries({
    title: service.name,
    version: BUILD.BUILD_VERSION,
    revision: BUILD.BUILD_COMMIT,
    created: BUILD.BUILD_TIME,
    source: BUILD.BUILD_SOURCE,
  })) {
    const found = Labels[`org.opencontainers.image.${label}`];
    if (found !== expected) throw new Error(`The label ${label} of the image is ${found}, not ${expected}.`);
  }
  if (Cmd[0] !== 'node' || Entrypoint?.length)
    throw new Error('Something stands between the container and node: it would get the signals.');
}

/** Nothing of development but what production needs, too; nothing that installs, no secrets. */
async function holdsOnlyWhatServes() {
  const list = `
    const { existsSync, readdirSync, readFileSync } = require('node:fs');
    const walk = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.name === 'node_modules' ? [] :
      entry.isDirectory() ? walk(folder + '/' + entry.name) : [folder + '/' + entry.name]);
    const commands = process.env.PATH.split(':').flatMap((folder) => existsSync(folder) ? readdirSync(folder) : []);
    const modules = '/app/node_modules';
    const installed = readdirSync(modules).filter((name) => !name.startsWith('.')).flatMap((name) =>
      name.startsWith('@') ? readdirSync(modules + '/' + name).map((part) => name + '/' + part) : [name]);
    const needed = installed.flatMap((name) =>
      Object.keys(JSON.parse(readFileSync(modules + '/' + name + '/package.json', 'utf8')).dependencies ?? {}));
    console.log(JSON.stringify({
      files: walk('/app').map((path) => path.slice('/app/'.length)),
      installers: commands.filter((name) => /^(p?np[mx]|yarn.*|corepack)$/.test(name)),
      packages: ${JSON.stringify(Object.keys(devDependencies))}
        .filter((name) => installed.includes(name) && !needed.includes(name)),
    }));`;
  /** @type {{ files: string[], installers: string[], packages: string[] }} */
  const { files, installers, packages } = JSON.parse(
    await docker(['run', '--rm', IMAGE, 'node', '-e', list]),
  );
  const root = /^(package\.json|service\.json|[\w-]+-(lock|workspace)\.(json|yaml))$/;
  const odd = files.filter(
    (path) => !root.test(path) && !/^dist\/.*(?<!\.(e2e-)?spec)\.js(\.map)?$/.test(path),
  );
  if (odd.length > 0) throw new Error(`The image holds what it does not need: ${odd.join(', ')}.`);
  if (!files.some((path) => root.test(path) && path.includes('-lock.')))
    throw new Error('The image has no lock file: a scanner cannot tell what is in it.');
  if (installers.length > 0) throw new Error(`The image can install packages: ${installers.join(', ')}.`);
  if (packages.length > 0) throw new Error(`The image holds development packages: ${packages.join(', ')}.`);
}

async function serves() {
  const url = `http://${await compose('port', 'api', String(service.ports.http))}`;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ title: 'image' });
  const created = await fetch(`${url}/v1/todos`, { method: 'POST', headers, body });
  if (created.status !== 201) throw new Error(`The container answered ${created.status} to a new todo.`);
  const running = /** @type {{ commit: string }} */ (await (await fetch(`${url}/version`)).json());
  if (running.commit !== BUILD.BUILD_COMMIT) throw new Error(`/version names the commit ${running.commit}.`);
  const ready = `http://${await compose('port', 'api', String(service.ports.management))}/health/ready`;
  const { status } = await fetch(ready);
  if (status !== 200) throw new Error(`The container answered ${status} to its readiness probe.`);
}

async function isConfined() {
  const user = await compose('exec', '-T', 'api', 'node', '-p', 'process.getuid()');
  if (user === '0') throw new Error('The container runs as root.');
  const write = `try { require('fs').writeFileSync('/app/x', ''); console.log('written') } catch (error) { console.log(error.code) }`;
  const written = await compose('exec', '-T', 'api', 'node', '-e', write);
  if (!/^(EROFS|EACCES)$/.test(written))
    throw new Error(`The container could write to its own files: ${written}`);
  const container = await compose('ps', '--quiet', 'api');
  if ((await inspect(container, '.HostConfig.ReadonlyRootfs')) !== 'true')
    throw new Error('The root file system of the container is not read-only.');
}

/** Node would let the heap of a small container outgrow it, and then the kernel ends the service without a word. */
async function leavesMemory() {
  const limit = `console.log(require('node:v8').getHeapStatistics().heap_size_limit / process.constrainedMemory())`;
  for (const memory of ['256m', '512m', '1g']) {
    const part = Number(await docker(['run', '--rm', '--memory', memory, IMAGE, 'node', '-e', limit]));
    if (!(part > 0.5 && part < 0.75))
      throw new Error(`In a container with ${memory} the heap may take ${Math.round(part * 100)} % of it.`);
  }
}

/** A full load on a container with the memory that compose.yaml gives: all is answered, and the kernel ends nothing. */
async function servesWithinMemory() {
  const limit = Number(await inspect(await compose('ps', '--quiet', 'api'), '.HostConfig.Memory'));
  if (limit === 0) throw new Error('compose.yaml gives the service no mem_limit.');
  const container = `${NAME}-load`;
  const anonymous = { ALLOW_ANONYMOUS: 'true', TRUSTED_PROXIES: '0' };
  const ports = [service.ports.http, service.ports.management];
  await docker([
    ...detached(container, { ...databaseOf('postgres'), ...anonymous, ...UNLIMITED }),
    ...['--memory', String(limit), '--memory-swap', String(limit), '--network', `${NAME}_default`],
    ...ports.flatMap((port) => ['--publish', `127.0.0.1::${port}`]),
    IMAGE,
  ]);
  await becomesHealthy(container);
  const addresses = ports.map((port) => docker(['port', container, String(port)]));
  const [http, management] = await Promise.all(addresses);
  const target = { url: `http://${http}`, managementUrl: `http://${management}` };
  const failure = await loadInTurn(target).catch((/** @type {unknown} */ error) => error);
  if ((await inspect(container, '.State.OOMKilled')) !== 'false')
    throw new Error(`With ${limit / 2 ** 20} MiB, the kernel ended the service under load.`);
  if (failure) throw failure;
  const status = `require('fs').readFileSync('/proc/1/status', 'utf8')`;
  const memory = await docker(['exec', container, 'node', '-p', status]);
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(memory) ?? [];
  const part = (Number(kilobytes) * 1024) / limit;
  const figures = `Under load the service took ${Math.round(part * 100)} % of its ${limit / 2 ** 20} MiB.`;
  if (!(part < MEMORY_PART)) throw new Error(`${figures} Give it more.`);
  console.log(figures);
  await stopsInTime(container, 0);
}

/** @param {{ url: string, managementUrl: string }} target */
async function loadInTurn(target) {
  for (const scenario of await scenariosOf(target.url))
    await load(target, scenario, { ...LOAD, signal: interruption.signal });
}

/** Without a database and without an init process: the signals come to node itself. */
async function servesAsProcessOne() {
  const container = `${NAME}-serve`;
  const variables = { ...databaseOf('127.0.0.1'), ALLOW_ANONYMOUS: 'true', TRUSTED_PROXIES: '0' };
  await docker([...detached(container, variables), IMAGE]);
  await becomesHealthy(container);
  const zombies = `
    const { readdirSync, readFileSync } = require('node:fs');
    console.log(readdirSync('/proc').filter((id) => /^\\d+$/.test(id) && (() => {
      try { return / Z /.test(readFileSync('/proc/' + id + '/stat', 'utf8')); } catch { return false; }
    })()).length);`;
  const left = await docker(['exec', container, 'node', '-e', zombies]);
  if (left !== '0')
    throw new Error(`${left} processes have ended in the container and nobody waits for them.`);
  await stopsInTime(container, 0);
}

/** A migrator that waits for another one: process 1 has to take the signal itself, or nothing ends it. */
async function migratesAsProcessOne() {
  const hold = `SELECT pg_advisory_lock(7465646073), pg_sleep(60)`;
  const { name } = service.database;
  const psql = ['psql', `--username=${name}`, `--dbname=${name}`, '--command', hold];
  await compose('exec', '--detach', 'postgres', ...psql);
  const container = `${NAME}-migrate`;
  const network = ['--network', `${NAME}_default`];
  const flags = [...detached(container, databaseOf('postgres')), ...network];
  await docker([...flags, IMAGE, 'node', 'dist/database/migrate.js']);
  await until('The migrator did not wait for the other one.', async () => {
    return (await docker(['logs', container])).includes('waiting for another migrator');
  });
  await stopsInTime(container, 143);
}

/** What is added to the image of Node.js is small; that one's size is not ours. */
async function isSmall() {
  const [, base] = /^FROM (\S+) AS base$/m.exec(readFileSync('Dockerfile', 'utf8')) ?? [];
  if (!base) throw new Error('The Dockerfile has no stage "base".');
  // A build need not leave it among the images of the machine.
  if (!(await succeeds('image', 'inspect', base))) await docker(['pull', '--quiet', base]);
  const sizes = await docker(['image', 'inspect', '--format', '{{.Size}}', IMAGE, base]);
  const [all = 0, of = 0] = sizes
    .trim()
    .split('\n')
    .map((bytes) => Number(bytes) / 1e6);
  const added = Math.round(all - of);
  console.log(`The image has ${Math.round(all)} MB, ${added} of them besides ${base}.`);
  if (added > ADDED_MB) throw new Error(`The image adds ${added} MB to ${base}, more than ${ADDED_MB}.`);
}

/** @param {string} container */
function becomesHealthy(container) {
  return until('The health check of the image did not succeed.', async () => {
    return (await inspect(container, '.State.Health.Status')) === 'healthy';
  });
}

/**
 * @param {string} container
 * @param {number} expected Its exit status.
 */
async function stopsInTime(container, expected) {
  const start = performance.now();
  await docker(['stop', '--timeout', String(2 * STOP_SECONDS), container]);
  const seconds = (performance.now() - start) / 1000;
  const status = await inspect(container, '.State.ExitCode');
  if (status !== String(expected)) throw new Error(`The container stopped with ${status}, not ${expected}.`);
  if (seconds > STOP_SECONDS) throw new Error(`The container took ${seconds.toFixed(1)} s to stop.`);
}

/**
 * @param {string} container
 * @param {Record<string, string>} variables
 */
function detached(container, variables) {
  const environment = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  return ['run', '--detach', '--read-only', '--cap-drop', 'ALL', '--name', container, ...environment];
}

/** @param {string} host */
function databaseOf(host) {
  const { name } = service.database;
  const password = process.env.POSTGRES_PASSWORD ?? 'development-only';
  return { DATABASE_URL: `postgres://${name}:${password}@${host}:5432/${name}`, DATABASE_TLS: 'disable' };
}

/**
 * @param {string} container
 * @param {string} field
 */
function inspect(container, field) {
  return docker(['inspect', '--format', `{{${field}}}`, container]);
}

/** @param {string[]} args */
function compose(...args) {
  return docker(['compose', '--project-name', NAME, ...args]);
}

/**
 * Resolves with what the command printed.
 *
 * @param {string[]} args
 * @param {{ show?: boolean, signal?: AbortSignal }} [options]
 * @returns {Promise<string>}
 */
function docker(args, { show = false, signal = interruption.signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', args, {
      env: ENVIRONMENT,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      // Not in the terminal's process group: Ctrl-C comes to this script, which then cleans up.
      detached: process.platform !== 'win32',
      signal,
    });
    let output = '';
    let errors = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (errors += chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(output.trim());
      else reject(new Error(`docker ${args.join(' ')} failed:\n${errors || output}`));
    });
  });
}

/** @param {string[]} args */
async function succeeds(...args) {
  return docker(args).then(
    () => true,
    () => false,
  );
}

/** Shows what it says, ends whatever happens, and is not interrupted. @param {string[]} args */
async function cleanUp(...args) {
  const signal = new AbortController().signal;
  await docker(args, { show: args.includes('logs'), signal }).catch(() => '');
}

/**
 * @param {string} failure
 * @param {() => Promise<boolean>} condition
 */
async function until(failure, condition) {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(failure);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * @param {number} status
 * @param {string} reason
 */
function end(status, reason) {
  console.log(reason);
  process.exit(status);
}
