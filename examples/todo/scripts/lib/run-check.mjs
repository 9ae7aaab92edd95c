// @ts-check
import { spawn } from 'node:child_process';

const SKIPPED = 77;
const NOT_APPLICABLE = 78;

/**
 * @typedef {object} Outcome
 * @property {'passed' | 'failed' | 'skipped' | 'not applicable'} status
 * @property {string} reason Why it did not pass; empty where it did.
 * @property {number} seconds
 */

/**
 * Runs the command of a check and shows its output.
 *
 * @param {string} command Words without quotes; the first is the program.
 * @param {{ strict: boolean }} options Whether what is skipped has failed.
 * @returns {Promise<Outcome>}
 */
export async function runCheck(command, { strict }) {
  const start = Date.now();
  const { code, lastLine } = await run(command);
  const seconds = Math.round((Date.now() - start) / 100) / 10;
  if (code === 0) return { status: 'passed', reason: '', seconds };
  if (code === NOT_APPLICABLE) return { status: 'not applicable', reason: lastLine, seconds };
  if (code !== SKIPPED) return { status: 'failed', reason: `exit status ${code}`, seconds };
  return strict
    ? { status: 'failed', reason: `skipped, which CI does not allow: ${lastLine}`, seconds }
    : { status: 'skipped', reason: lastLine, seconds };
}

/**
 * @param {string} command
 * @returns {Promise<{ code: number | null, lastLine: string }>}
 */
function run(command) {
  const [program = '', ...args] = command.split(' ');
  const file = program === 'node' ? process.execPath : program;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let tail = '';
    for (const [from, to] of /** @type {const} */ ([
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])) {
      from.on('data', (chunk) => {
        to.write(chunk);
        tail = (tail + String(chunk)).slice(-2000);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, lastLine: tail.trim().split('\n').at(-1) ?? '' }));
  });
}
