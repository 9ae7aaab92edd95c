import { randomBytes } from 'node:crypto';
import type { Finding } from '#deploy/core/health';
import { Client, Wrong } from '#deploy/smoke/client';
import { reading } from '#deploy/smoke/reading';
import { clean, liveOneLife } from '#deploy/smoke/writing';

const CLEANING_MS = 10_000;

export interface SmokeOptions {
  /** The public address. */
  readonly url: string;
  /** Whether todos are created, and deleted again. */
  readonly mode: 'writing' | 'read-only';
  /** The header `Authorization` of a synthetic user; undefined where the service knows no users. */
  readonly authorization: string | undefined;
}

/** Uses the service as its users do, again and again during one command. */
export class SmokeTest {
  private readonly options: SmokeOptions;
  /** What could not be deleted yet: a release that fails may fail at that, too, and what comes after it does not. */
  private readonly left = new Set<string>();

  constructor(options: SmokeOptions) {
    this.options = options;
  }

  /** Words that find what was created and could not be deleted. */
  get remains(): readonly string[] {
    return [...this.left];
  }

  /** What is not as it should be. Whatever it creates, it deletes: also where it fails, or the signal says stop. */
  async run(signal: AbortSignal): Promise<readonly Finding[]> {
    const { url, mode, authorization } = this.options;
    const client = new Client(url, authorization, signal);
    const writes = mode === 'writing';
    const isKnown = writes || authorization !== undefined;
    const findings: Finding[] = [];
    for (const probe of reading({ isKnown })) findings.push(...(await findingOf(probe(client))));
    if (writes) findings.push(...(await this.write(client)));
    return findings;
  }

  private async write(client: Client): Promise<readonly Finding[]> {
    const leftBefore = await this.clean(client);
    const word = `t${randomBytes(8).toString('hex')}`;
    this.left.add(word);
    try {
      const found = await findingOf(liveOneLife(client, word));
      if (found.length === 0) this.left.delete(word);
      return [...leftBefore, ...found];
    } finally {
      // What is not cleaned now is tried again with the next look.
      await this.clean(client.until(AbortSignal.timeout(CLEANING_MS))).catch(() => undefined);
    }
  }

  private async clean(client: Client): Promise<readonly Finding[]> {
    const findings: Finding[] = [];
    for (const word of this.left) {
      const found = await findingOf(clean(client, word));
      if (found.length === 0) this.left.delete(word);
      findings.push(...found);
    }
    return findings;
  }
}

async function findingOf(test: Promise<void>): Promise<readonly Finding[]> {
  try {
    await test;
    return [];
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return [{ kind: 'answer', text: error.message }];
  }
}
