// @ts-check
// The built service as a process of its own, in production mode.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './ports.mjs';

const READY_WITHIN_MS = 30_000;
const POLL_MS = 10;

/**
 * @typedef {object} ServiceProcess
 * @property {string} url
 * @property {string} managementUrl
 * @property {number} readyMs From the start of the process until it was ready.
 * @property {() => Promise<number | null>} stop Resolves with its exit status.
 */

/**
 * @typedef {object} ServiceOptions
 * @property {string} databaseUrl
 * @property {string} [cwd] The folder with the build.
 * @property {NodeJS.ProcessEnv} [environment] More variables.
 * @property {'inherit' | number} [stdout] Where its log goes.
 */

/**
 * Applies the migrations as the service itself would find them.
 *
 * @param {ServiceOptions} options
 */
export function migrate(options) {
  const { status } = spawnSync(process.execPath, ['dist/database/migrate.js'], spawnOptions(options));
  if (status !== 0) throw new Error('The migration failed.');
}

/**
 * Starts the service; resolves when it is ready.
 *
 * @param {ServiceOptions} options
 * @returns {Promise<ServiceProcess>}
 */
export async function startService(options) {
  const port = await freePort();
  const managementPort = await freePort();
  const environment = { ...options.environment, PORT: String(port), MANAGEMENT_PORT: String(managementPort) };
  const start = performance.now();
  const child = spawn(process.execPath, ['dist/main.js'], spawnOptions({ ...options, environment }));
  const exit = once(child, 'exit');
  const managementUrl = `http://127.0.0.1:${managementPort}`;
  while (!(await isReady(managementUrl))) {
    if (child.exitCode !== null || performance.now() - start > READY_WITHIN_MS) {
      child.kill('SIGKILL');
      throw new Error('The service did not become ready.');
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return {
    url: `http://127.0.0.1:${port}`,
    managementUrl,
    readyMs: performance.now() - start,
    async stop() {
      child.kill('SIGTERM');
      const [status] = await exit;
      return status;
    },
  };
}

/** @param {ServiceOptions} options */
function spawnOptions({ databaseUrl, cwd = '.', environment, stdout = 'inherit' }) {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    ALLOW_ANONYMOUS: 'true',
    TRUSTED_PROXIES: '0',
    HOST: '127.0.0.1',
    // Nobody routes traffic here: there is nothing to wait for.
    DRAIN_MS: '0',
    DATABASE_URL: databaseUrl,
    DATABASE_TLS: 'disable',
    ...environment,
  };
  return {
    cwd,
    env,
    stdio: /** @type {['ignore', 'inherit' | number, 'inherit']} */ (['ignore', stdout, 'inherit']),
  };
}

/** @param {string} managementUrl */
async function isReady(managementUrl) {
  const answer = await fetch(`${managementUrl}/health/ready`).catch(() => undefined);
  return answer?.ok ?? false;
}
