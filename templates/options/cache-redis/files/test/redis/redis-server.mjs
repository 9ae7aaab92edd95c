// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../../scripts/lib/ports.mjs';

/**
 * @typedef {object} Choice
 * @property {'testcontainers' | 'redis-server' | undefined} backend Undefined where there is none.
 * @property {string} reason
 */

/** The image of compose.yaml. */
const IMAGE = 'redis:8-alpine';
const OPTIONS = ['--save', '', '--appendonly', 'no'];

/**
 * Decides where the tests get Redis from. `REDIS_URL` never counts: the tests touch no Redis but their own.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {(command: string, args: string[]) => boolean} succeeds
 * @returns {Choice}
 */
export function chooseBackend(environment = process.env, succeeds = answers) {
  const chosen = environment.TEST_REDIS;
  if (chosen === 'testcontainers' || chosen === 'redis-server') {
    return { backend: chosen, reason: 'TEST_REDIS says so' };
  }
  if (chosen)
    throw new Error(`TEST_REDIS is "${chosen}". Set it to testcontainers or redis-server, or leave it out.`);
  if (environment.GITHUB_ACTIONS === 'true') {
    return { backend: 'testcontainers', reason: 'GitHub Actions has Docker' };
  }
  if (succeeds('docker', ['info'])) return { backend: 'testcontainers', reason: 'Docker answers' };
  if (succeeds('redis-server', ['--version'])) {
    return { backend: 'redis-server', reason: 'Docker does not answer, and redis-server is installed' };
  }
  return { backend: undefined, reason: 'Docker does not answer and redis-server is not installed' };
}

/**
 * Starts an empty Redis without persistence.
 *
 * @param {Choice} choice
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startRedis({ backend, reason }) {
  if (!backend) throw new Error(`There is no Redis for the tests: ${reason}.`);
  return backend === 'testcontainers' ? startContainer() : startProcess();
}

async function startContainer() {
  const { GenericContainer } = await import('testcontainers');
  const container = await new GenericContainer(IMAGE)
    .withCommand(['redis-server', ...OPTIONS])
    .withExposedPorts(6379)
    .start();
  return {
    url: `redis://${container.getHost()}:${container.getMappedPort(6379)}`,
    stop: async () => {
      await container.stop();
    },
  };
}

async function startProcess() {
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', ...OPTIONS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    if (/ready to accept connections/i.test(line)) break;
  }
  // What it says later is of no interest, but must not fill the pipe.
  child.stdout.resume();
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function answers(command, args) {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
}
