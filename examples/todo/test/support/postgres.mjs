// @ts-check
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startEmbeddedPostgres } from '../../scripts/lib/embedded-postgres.mjs';

/**
 * @typedef {object} TestServer
 * @property {string} backend
 * @property {string} reason
 * @property {string} url The URL of a database for maintenance.
 * @property {() => Promise<unknown>} stop
 */

/**
 * Decides where the tests get PostgreSQL from. `DATABASE_URL` never counts: tests create and drop databases.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {() => boolean} dockerAnswers
 * @returns {{ backend: 'testcontainers' | 'embedded', reason: string }}
 */
export function chooseBackend(environment, dockerAnswers = docker) {
  const chosen = environment.TEST_DATABASE;
  if (chosen === 'testcontainers' || chosen === 'embedded') {
    return { backend: chosen, reason: 'TEST_DATABASE says so' };
  }
  if (chosen)
    throw new Error(`TEST_DATABASE is "${chosen}". Set it to testcontainers or embedded, or leave it out.`);
  if (environment.GITHUB_ACTIONS === 'true') {
    return { backend: 'testcontainers', reason: 'GitHub Actions has Docker' };
  }
  return dockerAnswers()
    ? { backend: 'testcontainers', reason: 'Docker answers' }
    : { backend: 'embedded', reason: 'Docker does not answer' };
}

/** @returns {Promise<TestServer>} */
export async function startPostgres() {
  const choice = chooseBackend(process.env);
  return { ...choice, ...(await (choice.backend === 'embedded' ? embedded() : container())) };
}

function docker() {
  return spawnSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

async function container() {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const { database } = JSON.parse(readFileSync('service.json', 'utf8'));
  const started = await new PostgreSqlContainer(`postgres:${database.postgres}-alpine`)
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=200'])
    .start();
  return { url: started.getConnectionUri(), stop: () => started.stop() };
}

async function embedded() {
  const server = await startEmbeddedPostgres('.data/e2e', { disposable: true });
  return { url: server.url('postgres'), stop: server.stop };
}
