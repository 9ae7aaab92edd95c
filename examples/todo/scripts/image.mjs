// @ts-check
// Builds the image and runs it as compose.yaml says, in a project of its own that is removed afterwards.
import { spawnSync } from 'node:child_process';

// Checks that run at the same time must not remove each other's containers.
const PROJECT = `verify-image-${process.pid}`;
/** Docker chooses free ports. */
const ENVIRONMENT = { ...process.env, PORT: '0', MANAGEMENT_PORT: '0' };
const SKIPPED = 77;
const NOT_APPLICABLE = 78;

if (process.env.TEST_DATABASE === 'embedded') {
  end(NOT_APPLICABLE, 'TEST_DATABASE=embedded says that this place works without Docker');
}
if (docker(['info'], { quiet: true }).status !== 0) end(SKIPPED, 'Docker does not answer');
if (docker(['compose', 'version'], { quiet: true }).status !== 0)
  end(SKIPPED, 'Docker has no compose plugin');

try {
  compose('build');
  compose('up', '--detach', '--wait', '--wait-timeout', '120');
  await serves();
  isConfined();
  stopsInTime();
  console.log('The image serves as an unprivileged user on a read-only file system, and stops when asked.');
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  docker(['compose', '--project-name', PROJECT, 'logs', '--tail', '50']);
  process.exitCode = 1;
} finally {
  docker(['compose', '--project-name', PROJECT, 'down', '--volumes', '--rmi', 'local'], { quiet: true });
}

async function serves() {
  const url = `http://${compose('port', 'api', '3000')}/v1/todos`;
  const headers = { 'content-type': 'application/json' };
  const created = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ title: 'image' }) });
  if (created.status !== 201) throw new Error(`The container answered ${created.status} to a new todo.`);
  const ready = await fetch(`http://${compose('port', 'api', '9000')}/health/ready`);
  if (!ready.ok) throw new Error(`The container answered ${ready.status} to its readiness probe.`);
}

function isConfined() {
  const user = compose('exec', '-T', 'api', 'node', '-p', 'process.getuid()');
  if (user === '0') throw new Error('The container runs as root.');
  const write = `try { require('fs').writeFileSync('/app/x', ''); console.log('written') } catch (error) { console.log(error.code) }`;
  const result = compose('exec', '-T', 'api', 'node', '-e', write);
  if (!/^(EROFS|EACCES)$/.test(result))
    throw new Error(`The container could write to its own files: ${result}`);
  const readOnly = inspect('{{.HostConfig.ReadonlyRootfs}}');
  if (readOnly !== 'true') throw new Error('The root file system of the container is not read-only.');
}

function stopsInTime() {
  compose('stop', '--timeout', '20', 'api');
  const status = inspect('{{.State.ExitCode}}');
  if (status !== '0') throw new Error(`The container stopped with status ${status}.`);
}

/** @param {string} format */
function inspect(format) {
  const container = compose('ps', '--all', '--quiet', 'api');
  return docker(['inspect', '--format', format, container], { quiet: true }).stdout.trim();
}

/**
 * @param {string[]} args
 * @returns {string} What it printed.
 */
function compose(...args) {
  const { status, stdout, stderr } = docker(['compose', '--project-name', PROJECT, ...args], { quiet: true });
  if (status !== 0) throw new Error(`docker compose ${args.join(' ')} failed:\n${stderr || stdout}`);
  return stdout.trim();
}

/**
 * @param {string[]} args
 * @param {{ quiet?: boolean }} [options]
 */
function docker(args, { quiet = false } = {}) {
  return spawnSync('docker', args, { env: ENVIRONMENT, encoding: 'utf8', stdio: quiet ? 'pipe' : 'inherit' });
}

/**
 * @param {number} status
 * @param {string} reason
 */
function end(status, reason) {
  console.log(reason);
  process.exit(status);
}
