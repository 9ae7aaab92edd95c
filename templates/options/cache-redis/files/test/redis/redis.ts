import { chooseBackend, startRedis } from './redis-server.mjs';

const choice = chooseBackend();

export interface RedisServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Declares tests that need Redis. Where there is none they are skipped, and fail in CI. */
export function describeWithRedis(title: string, tests: () => void): void {
  if (choice.backend) {
    describe(title, tests);
  } else if (process.env.CI === 'true') {
    it(title, () => {
      throw new Error(`There is no Redis for the tests: ${choice.reason}.`);
    });
  } else {
    process.stdout.write(`Skipped: ${title}, because ${choice.reason}.\n`);
    describe.skip(title, tests);
  }
}

/** An empty Redis of its own. */
export async function startTestRedis(): Promise<RedisServer> {
  return startRedis(choice);
}
