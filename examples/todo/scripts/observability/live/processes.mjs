// @ts-check
// Programs that run for the time of a check.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.mjs';

/** Starts programs, and ends all that it has started. */
export class Processes {
  /** @param {string} folder Where their logs go. */
  constructor(folder) {
    this.folder = folder;
    /** @type {import('node:child_process').ChildProcess[]} */
    this.children = [];
  }

  /**
   * Resolves when the program answers.
   *
   * @param {object} program
   * @param {string} program.name Of its log.
   * @param {string} program.file
   * @param {string[]} program.args
   * @param {NodeJS.ProcessEnv} [program.env]
   * @param {string} program.probe A URL that answers 200 when it is ready.
   */
  async start({ name, file, args, env, probe }) {
    const path = join(this.folder, `${name}.log`);
    const log = openSync(path, 'w');
    const child = spawn(file, args, {
      stdio: ['ignore', log, log],
      env: { PATH: process.env.PATH, ...env },
    });
    closeSync(log);
    this.children.push(child);
    await until(`${name} to answer`, async () => {
      if (child.exitCode !== null)
        throw new Error(`${name} ended: ${readFileSync(path, 'utf8').slice(-2000)}`);
      return (await fetch(probe).catch(() => undefined))?.ok;
    });
  }

  async stop() {
    await Promise.all(
      this.children
        .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
        .map(async (child) => {
          const exit = once(child, 'exit');
          child.kill('SIGTERM');
          await exit;
        }),
    );
  }
}
