/** A variant as a process, and what it says of itself. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const READY_WITHIN_MS = 30_000;
const PROBE = fileURLToPath(new URL('probe.mjs', import.meta.url));
/** All clients have one address here: the limiter counts them, and lets them pass. */
const ENVIRONMENT = {
  NODE_ENV: 'production',
  ALLOW_ANONYMOUS: 'true',
  TRUSTED_PROXIES: '0',
  HOST: '127.0.0.1',
  DRAIN_MS: '0',
  DATABASE_TLS: 'disable',
  RATE_LIMIT_REQUESTS: '1000000',
  RATE_LIMIT_WINDOW_SECONDS: '1',
};

export class VariantProcess {
  #child;
  #log;
  #logFile;
  #managementUrl;

  /** Until the process was ready. */
  readyMs = Number.NaN;

  /**
   * @param {import('./variants.mjs').Variant} variant
   * @param {{ service: string, databaseUrl: string, logFile: string }} options
   */
  static async start(variant, options) {
    const [port, managementPort] = [await freePort(), await freePort()];
    const process = new VariantProcess(variant, options, port, managementPort);
    await process.#ready();
    return process;
  }

  /**
   * @param {import('./variants.mjs').Variant} variant
   * @param {{ service: string, databaseUrl: string, logFile: string }} options
   * @param {number} port
   * @param {number} managementPort
   * @private
   */
  constructor(variant, { service, databaseUrl, logFile }, port, managementPort) {
    this.variant = variant;
    this.url = `http://127.0.0.1:${port}`;
    this.#managementUrl = `http://127.0.0.1:${managementPort}`;
    this.#logFile = logFile;
    this.#log = openSync(logFile, 'w');
    const preload = [PROBE, ...(variant.preload ?? [])].flatMap((file) => ['--import', file]);
    const { PATH } = process.env;
    this.#child = spawn(process.execPath, [...preload, variant.entry], {
      cwd: service,
      env: {
        ...ENVIRONMENT,
        PATH,
        DATABASE_URL: databaseUrl,
        PORT: String(port),
        MANAGEMENT_PORT: String(managementPort),
      },
      stdio: ['ignore', this.#log, 'inherit', 'ipc'],
    });
  }

  async #ready() {
    const start = performance.now();
    while (!(await fetch(`${this.#managementUrl}/health/ready`).catch(() => undefined))?.ok) {
      if (this.#child.exitCode !== null || performance.now() - start > READY_WITHIN_MS) {
        await this.stop();
        throw new Error(`${this.variant.title}: it did not become ready.`);
      }
      await sleep(10);
    }
    this.readyMs = performance.now() - start;
  }

  /** @returns {Promise<{ cpuMs: number, residentBytes: number }>} what the process has used so far */
  async usage() {
    this.#child.send('usage');
    const [usage] = await once(this.#child, 'message');
    return usage;
  }

  /** How many requests its metrics have counted. */
  async counted() {
    const text = await (await fetch(`${this.#managementUrl}/metrics`)).text();
    const counts = text.matchAll(/^http_server_request_duration_seconds_count(?:\{.*\})? (\d+)$/gm);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** How many requests its log has. */
  logged() {
    return readFileSync(this.#logFile).toString('latin1').split('"request completed"').length - 1;
  }

  async stop() {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    closeSync(this.#log);
  }
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  return port;
}
