/** The trial of a rendered project, kept running: its service, and the Prometheus that watches it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * @param {object} options
 * @param {string} options.project With its packages and its build.
 * @param {NodeJS.ProcessEnv} options.env In which `node` is Node 24.
 * @returns {Promise<{ prometheus: string, output: () => string, stop: () => Promise<void> }>}
 */
export async function startTrial({ project, env }) {
  const child = spawn('node', ['scripts/observability/live.mjs', '--keep'], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit');
  let output = '';
  const prometheus = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        output += text;
        const [, url] = /Prometheus at (\S+?)\.? /.exec(output) ?? [];
        if (url) resolve(url);
      });
    void exit.then(() => reject(new Error(`The trial ended:\n${output}`)));
  });
  return {
    prometheus,
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      await exit;
    },
  };
}
