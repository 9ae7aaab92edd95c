// @ts-check
// The service with reload on change, on the database of DATABASE_URL or else on an embedded PostgreSQL. Arguments are
// node's own, for the service: --inspect lets a debugger attach.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import pg from 'pg';
import pretty from 'pino-pretty';
import { withAppRole } from './lib/app-role.mjs';
import { startEmbeddedPostgres } from './lib/embedded-postgres.mjs';
import { freePort } from './lib/ports.mjs';

const require = createRequire(import.meta.url);
const service = JSON.parse(readFileSync('service.json', 'utf8'));
// Some package managers pass the `--` on that separates the arguments.
const NODE_FLAGS = process.argv.slice(2).filter((argument) => argument !== '--');
const MIGRATIONS = 'dist/database/migrations';
const EXIT_WITH_PARENT = ['--import', new URL('lib/exit-with-parent.mjs', import.meta.url).href];

if (existsSync('.env')) process.loadEnvFile('.env');

/** What has to end with this process, newest first. @type {(() => unknown)[]} */
const cleanups = [];
let stopping = false;

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => void stop(0));
}

async function main() {
  const environment = {
    ...process.env,
    NODE_ENV: 'development',
    // Nobody routes traffic here: there is nothing to wait for.
    DRAIN_MS: '0',
    HOST: process.env.HOST ?? '127.0.0.1',
    PORT: String(await port('PORT', service.ports.http)),
    MANAGEMENT_PORT: String(await port('MANAGEMENT_PORT', service.ports.management)),
    ...(process.env.DATABASE_URL ? {} : await embeddedDatabase()),
  };
  const app = new App(environment);
  cleanups.unshift(() => app.stop());
  watchBuild(() => app.restart());
}

/**
 * @param {string} variable
 * @param {number} standard
 */
async function port(variable, standard) {
  const given = process.env[variable];
  if (given) return Number(given);
  const free = await freePort(standard);
  if (free !== standard)
    console.log(`Port ${standard} is in use: taking ${free}. Set ${variable} to choose one.`);
  return free;
}

/** As in production, the service may do less than the migrator. */
async function embeddedDatabase() {
  console.log('Starting PostgreSQL (its data is in .data/) …');
  const server = await startEmbeddedPostgres('.data');
  cleanups.push(() => server.stop());
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  const { name } = service.database;
  const role = `${name}_app`;
  const databases = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  await client.end();
  const ownerUrl = server.url(name);
  const databaseUrl = await withAppRole(ownerUrl, { role });
  return { DATABASE_URL: databaseUrl, MIGRATION_DATABASE_URL: ownerUrl, DATABASE_APP_USER: role };
}

/**
 * Compiles on every change.
 *
 * @param {() => void} onBuilt
 */
function watchBuild(onBuilt) {
  const nest = require.resolve('@nestjs/cli/bin/nest.js');
  const child = spawn(
    process.execPath,
    [...EXIT_WITH_PARENT, nest, 'build', '--watch', '--preserveWatchOutput'],
    {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      // Not in the terminal's process group: Ctrl-C reaches this script alone, which ends things in order.
      detached: true,
    },
  );
  cleanups.unshift(() => end(child));
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    output += text;
    const found = /Found (\d+) errors?/.exec(output);
    if (!found) return;
    if (found[1] === '0') onBuilt();
    else console.log(`${output}The code does not compile: the service goes on as it was.`);
    output = '';
  });
  child.on('exit', (code) => {
    if (!stopping) void stop(code ?? 1);
  });
}

/** The service as a child process: migrated before its first start and whenever migrations changed. */
class App {
  /** @param {NodeJS.ProcessEnv & { PORT: string, MANAGEMENT_PORT: string }} environment */
  constructor(environment) {
    this.environment = environment;
    this.migrations = '';
    /** @type {import('node:child_process').ChildProcess | undefined} */
    this.child = undefined;
    this.queue = Promise.resolve();
  }

  restart() {
    this.queue = this.queue.then(() => this.replace()).catch((error) => console.error(error));
  }

  async replace() {
    await this.stop();
    if (stopping) return;
    const migrations = readdirSync(MIGRATIONS).join();
    if (migrations !== this.migrations) {
      const [code] = await once(this.spawn(['dist/database/migrate.js']), 'exit');
      if (code !== 0) return console.error('The migration failed: waiting for a change.');
      this.migrations = migrations;
    }
    if (stopping) return;
    const child = this.spawn([...NODE_FLAGS, '--enable-source-maps', 'dist/main.js']);
    this.child = child;
    child.on('exit', (code) => {
      if (this.child === child && !stopping)
        console.error(`The service ended with status ${code}: waiting for a change.`);
    });
    // Not awaited: a service that never gets ready must not keep the next change from replacing it.
    void this.isReady(child).then((ready) => ready && this.announce());
  }

  /** @param {string[]} args */
  spawn(args) {
    const child = spawn(process.execPath, [...EXIT_WITH_PARENT, ...args], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      detached: true,
    });
    const ignore = 'pid,hostname,service,environment,version';
    child.stdout?.pipe(
      pretty({ ignore, singleLine: true, colorize: process.stdout.isTTY && !process.env.NO_COLOR }),
    );
    return child;
  }

  /** @param {import('node:child_process').ChildProcess} child */
  async isReady(child) {
    const probe = `${this.url(this.environment.MANAGEMENT_PORT)}/health/ready`;
    const isCurrent = () => this.child === child && child.exitCode === null && child.signalCode === null;
    while (isCurrent()) {
      const answer = await fetch(probe, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      if (answer?.ok) return isCurrent();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return false;
  }

  announce() {
    const { PORT, MANAGEMENT_PORT } = this.environment;
    const url = this.url(PORT);
    const managementUrl = this.url(MANAGEMENT_PORT);
    console.log(`ready ${url}`);
    console.log(`  try it   ${url}/docs`);
    console.log(`  probes   ${managementUrl}/health/ready`);
    console.log(`  metrics  ${managementUrl}/metrics`);
  }

  /** @param {string} port */
  url(port) {
    const { HOST } = this.environment;
    // Who listens everywhere also listens there.
    if (!HOST || HOST === '0.0.0.0' || HOST === '::') return `http://127.0.0.1:${port}`;
    return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`;
  }

  async stop() {
    const { child } = this;
    this.child = undefined;
    if (child) await end(child);
  }
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(timer);
}

/** @param {number} status */
async function stop(status) {
  if (stopping) return;
  stopping = true;
  for (const cleanup of cleanups) {
    try {
      await cleanup();
    } catch (error) {
      console.error(/** @type {Error} */ (error).message);
    }
  }
  process.exit(status);
}

try {
  await main();
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  await stop(1);
}
