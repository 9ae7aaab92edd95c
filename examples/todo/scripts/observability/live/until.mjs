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

/**
 * What is wrong for long: the first scrape, evaluation and flush take their time.
 *
 * @param {() => Promise<string[]>} find
 * @returns {Promise<string[]>}
 */
export async function eventually(find) {
  /** @type {string[]} */
  let problems = [];
  try {
    await until('nothing to be wrong', async () => {
      problems = await find();
      return problems.length === 0;
    });
  } catch (error) {
    return problems.length > 0 ? problems : [String(error)];
  }
  return [];
}
