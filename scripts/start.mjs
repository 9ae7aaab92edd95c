/**
 * `npm start`: renders a Todo service into `demo/` (a later run reuses it), starts it on an embedded PostgreSQL,
 * makes a first request and shows where everything is. Runs until Ctrl-C.
 *
 * `--once` stops when the first request is answered; `--directory <path>` renders somewhere else.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ProcessGroup } from './lib/process-group.mjs';
import { Failure, heading, main, step } from './lib/steps.mjs';
import { exitStatus, generator, isBuilt, isInstalled, npm, onStop, root } from './lib/tools.mjs';

/** Milliseconds until the service must be ready: its first start compiles it and creates the database. */
const READY_WITHIN = 180_000;

/** @typedef {{ service: string, management: string }} Urls of the two listeners, without a slash at the end */

await main(async () => {
  const { once, directory } = options();
  const home = path.resolve(root, directory);
  await render(home);
  await install(home);
  return serve(home, once);
});

function options() {
  try {
    return parseArgs({
      options: {
        once: { type: 'boolean', default: false },
        directory: { type: 'string', default: 'demo' },
      },
    }).values;
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new Failure(`${what}\nGive nothing, --once or --directory <path>: npm start -- --once`, 2);
  }
}

/**
 * Has the generator render the service, unless an earlier run did.
 *
 * @param {string} home
 */
async function render(home) {
  const shown = path.relative(root, home);
  if (existsSync(path.join(home, '.prod-forge.json'))) {
    console.log(`Using ${shown} from an earlier run (delete the folder to render it anew)`);
    return;
  }
  if (existsSync(home) && readdirSync(home).length > 0) {
    throw new Failure(
      `${shown} is there but was not rendered by create-prod-forge.\nMove or delete it and run npm start again.`,
      2,
    );
  }
  if (!isBuilt()) await step('Building the generator', npm(['run', 'build', '--silent']));
  const answers = ['--yes', '--package-manager', 'npm', '--no-git', '--no-install'];
  await step(`Rendering ${shown}`, { command: process.execPath, args: [generator, home, ...answers] });
}

/**
 * Installs the service's dependencies, and writes what only an installed service can, unless an earlier run did.
 *
 * @param {string} home
 */
async function install(home) {
  if (isInstalled(home, 'package.json')) return;
  await step(`Installing ${path.relative(root, home)}`, npm(['install', '--no-audit', '--no-fund']), home);
  await step('Writing what is derived from the code', npm(['run', 'generate', '--silent']), home);
}

/**
 * Starts the service and makes the first request.
 *
 * @param {string} home
 * @param {boolean} once stop as soon as it is answered
 * @returns {Promise<number>} the exit status: 0 after `once`, else 128 + the signal that stopped us
 */
async function serve(home, once) {
  heading('Starting the service (npm run dev)');
  /** @type {Promise<number>} */
  const stopped = new Promise((resolve) => onStop((signal) => resolve(exitStatus(signal))));
  /** @type {(urls: Urls) => void} */
  let onReady;
  /** @type {Promise<Urls>} */
  const ready = new Promise((resolve) => {
    onReady = resolve;
  });
  /** @type {Partial<Urls>} it announces them, as it takes other ports where the usual ones are busy */
  const urls = {};
  const service = new ProcessGroup(npm(['run', 'dev', '--silent']), {
    cwd: home,
    env: process.env,
    onLine: (line) => {
      console.log(line);
      urls.service ??= /\bready (https?:\/\/\S+)/.exec(line)?.[1];
      urls.management ??= /(https?:\/\/\S+)\/health\/ready/.exec(line)?.[1];
      if (urls.service && urls.management) onReady({ service: urls.service, management: urls.management });
    },
  });
  try {
    const ended = service.exited.then((status) => {
      throw new Failure(
        `The service has stopped by itself with exit status ${status}; its output above says why.`,
      );
    });
    const late = sleep(READY_WITHIN, undefined, { ref: false }).then(() => {
      throw new Failure(
        `The service was not ready after ${READY_WITHIN / 1000} s; its output above says why.`,
      );
    });
    const started = await Promise.race([ready, stopped, ended, late]);
    if (typeof started === 'number') return started;

    await firstRequest(started);
    if (once) return 0;
    showWay(started, path.relative(root, home));
    return await Promise.race([stopped, ended]);
  } finally {
    heading('Stopping the service');
    await service.stop();
  }
}

/**
 * Creates a todo and reads it back, printing both exchanges.
 *
 * @param {Urls} urls
 */
async function firstRequest({ service, management }) {
  heading('First request');
  await exchange('GET', `${management}/health/ready`);
  const created = await exchange('POST', `${service}/v1/todos`, { title: 'Ship it' });
  await exchange('GET', `${service}/v1/todos/${created.id}`);
}

/**
 * @param {string} method
 * @param {string} url
 * @param {unknown} [body] sent as JSON
 * @returns {Promise<{ id?: string }>} the JSON that came back
 */
async function exchange(method, url, body) {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  console.log(`${method} ${url}${body === undefined ? '' : `  ${JSON.stringify(body)}`}`);
  const response = await fetch(url, { method, ...init, signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  console.log(`${response.status} ${text}\n`);
  if (!response.ok)
    throw new Failure(`${method} ${url} was answered with ${response.status}; its log above says why.`);
  return JSON.parse(text);
}

/**
 * @param {Urls} urls
 * @param {string} folder
 */
function showWay({ service, management }, folder) {
  heading('It is running');
  console.log(`Service   ${service}/v1/todos`);
  console.log(`API docs  ${service}/docs`);
  console.log(`Health    ${management}/health/ready`);
  console.log(`Metrics   ${management}/metrics`);
  console.log(`\nIts code is in ${folder}/ and is reloaded when you save. Stop with Ctrl-C.\n`);
}
