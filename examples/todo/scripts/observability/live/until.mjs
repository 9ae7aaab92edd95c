// @ts-check
const WITHIN_MS = 60_000;
const POLL_MS = 200;

/**
 * Asks until there is an answer.
 *
 * @template T
 * @param {string} what For the error.
 * @param {() => Promise<T | undefined | false> | T | undefined | false} ask Its errors end the waiting.
 * @returns {Promise<T>}
 */
export async function until(what, ask) {
  const end = Date.now() + WITHIN_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`Waited ${WITHIN_MS / 1000} seconds for ${what} in vain.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
