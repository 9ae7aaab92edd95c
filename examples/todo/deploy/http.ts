import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '#deploy/core/health';

const TIMEOUT_MS = 10_000;
const TRIES = 3;

/** Asks `/version` through the public address, so often in a row that each task is likely to answer. */
export async function askVersion(
  url: string,
  times: number,
  signal: AbortSignal,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < times; index += 1) answers.push(await askOnce(`${url}/version`, signal));
  return answers;
}

/** An answer counts as it is; where there is none, the way to the service may be at fault, so it is tried again. */
async function askOnce(url: string, signal: AbortSignal): Promise<Answer> {
  let cause = '';
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    try {
      return await versionAt(url, signal);
    } catch (error) {
      signal.throwIfAborted();
      cause = describe(error);
      await pause(attempt * 500, undefined, { signal });
    }
  }
  return { unreachable: cause };
}

async function versionAt(url: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(url, {
    redirect: 'error',
    // Each one on a connection of its own: a kept one always leads to the same task.
    headers: { connection: 'close' },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  const text = await response.text();
  try {
    const body = JSON.parse(text) as { commit?: string; schemaVersion?: string };
    return { status: response.status, commit: body.commit, schemaVersion: body.schemaVersion };
  } catch {
    return { status: response.status };
  }
}

function describe(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
