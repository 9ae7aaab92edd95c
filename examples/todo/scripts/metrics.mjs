// @ts-check
// Has Prometheus' own linter check what the build exposes after some traffic.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from './lib/embedded-postgres.mjs';
import { migrate, startService } from './lib/service-process.mjs';

const SKIPPED = 77;

if (spawnSync('promtool', ['--version'], { stdio: 'ignore' }).status !== 0) {
  console.log(
    'promtool is not installed: it comes with Prometheus, e.g. the package prometheus of Debian and Ubuntu',
  );
  process.exit(SKIPPED);
}
if (!existsSync('dist/main.js')) {
  console.error('There is no build. Make one with the script "build" first.');
  process.exit(1);
}

const database = await startEmbeddedPostgres(join('.data', 'metrics', 'postgres'), { disposable: true });
try {
  lint(await exposition(database.url('postgres')));
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
} finally {
  await database.stop();
}

/**
 * What the service exposes when each kind of series has a value.
 *
 * @param {string} databaseUrl
 */
async function exposition(databaseUrl) {
  migrate({ databaseUrl });
  const service = await startService({ databaseUrl });
  try {
    const headers = { 'content-type': 'application/json' };
    const create = { method: 'POST', headers, body: JSON.stringify({ title: 'a' }) };
    await fetch(`${service.url}/v1/todos`, create);
    for (const path of ['/v1/todos', '/v1/todos?limit=0', '/nowhere', '/version'])
      await fetch(service.url + path);
    return await (await fetch(`${service.managementUrl}/metrics`)).text();
  } finally {
    await service.stop();
  }
}

/** @param {string} metrics */
function lint(metrics) {
  const count = metrics.match(/^# TYPE /gm)?.length ?? 0;
  if (!metrics.includes('http_server_request_duration_seconds_count{'))
    throw new Error('Nothing was counted.');
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: metrics,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`promtool refuses the metrics:\n${stdout}${stderr}`);
  console.log(`promtool has nothing to say about ${count} metrics.`);
}
