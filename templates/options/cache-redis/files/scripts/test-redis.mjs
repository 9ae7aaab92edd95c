// @ts-check
// Runs the tests that need Redis, and those of the API with the cache on. Exit status 77 where there is no Redis.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { chooseBackend, startRedis } from '../test/redis/redis-server.mjs';
import { requireNode24 } from './lib/node-version.mjs';

const SUITES = ['test/redis/', 'test/todos', 'test/limits'];

requireNode24('jest');
const choice = chooseBackend();
if (!choice.backend) {
  console.log(`No Redis for the tests: ${choice.reason}.`);
  process.exit(77);
}
console.log(`Redis of the tests: ${choice.backend}, because ${choice.reason}.`);
const redis = await startRedis(choice);
try {
  process.exitCode = build() || test(redis.url);
} finally {
  await redis.stop();
}

function build() {
  return run([createRequire(import.meta.url).resolve('@nestjs/cli/bin/nest.js'), 'build'], process.env);
}

/** @param {string} url */
function test(url) {
  // An outage is one story, told in its order.
  const order = '--randomize=false';
  const jest = [
    'scripts/jest.mjs',
    '--config',
    'test/jest.config.mjs',
    order,
    ...process.argv.slice(2),
    ...SUITES,
  ];
  return run(jest, { ...process.env, REDIS_URL: url, JEST_JUNIT_OUTPUT_NAME: 'redis.xml' });
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {number} The exit status.
 */
function run(args, env) {
  return spawnSync(process.execPath, args, { stdio: 'inherit', env }).status ?? 1;
}
