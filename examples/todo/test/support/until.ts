import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until there is an answer; rejects after 20 s. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await delay(20);
  }
  throw new Error(`waited in vain for ${what}`);
}
