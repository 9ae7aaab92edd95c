import { claimRelease, writeRelease } from '#deploy/cloud/parameters';
import type { Context } from '#deploy/context';
import { AccessLost } from '#deploy/core/problem';
import { newestFirst, type Release, type State, type Step } from '#deploy/core/release';

const BEAT_MS = 30_000;
const LAST_WORDS_MS = 10_000;
/** A parameter has room for 4096 characters. */
const REASON_LENGTH = 1_000;

type Known = Omit<Release, 'number' | 'state' | 'step' | 'by' | 'startedAt' | 'updatedAt'>;

/** Keeps the record of one release up to date, so that whoever comes next knows where it stands. */
export class Journal {
  private readonly context: Context;
  private writtenAt = 0;
  release: Release;

  private constructor(context: Context, release: Release) {
    this.context = context;
    this.release = release;
  }

  /** Claims the next number, and says of what was left running that it isn't. */
  static async begin(context: Context, releases: readonly Release[], known: Known): Promise<Journal> {
    const [newest] = newestFirst(releases);
    const now = new Date().toISOString();
    const release: Release = {
      ...known,
      number: (newest?.number ?? 0) + 1,
      state: 'running',
      step: 'pre-flight',
      by: context.by,
      startedAt: now,
      updatedAt: now,
    };
    await context.cloud.do(claimRelease(context.path, release));
    if (newest?.state === 'running')
      await context.cloud.do(
        writeRelease(context.path, { ...newest, state: 'unfinished', reason: 'its command was killed' }),
      );
    return new Journal(context, release);
  }

  async step(step: Step, title: string): Promise<void> {
    this.context.reporter.step(title);
    await this.write({ step, ...(step === 'update' && { changedAt: new Date().toISOString() }) });
  }

  async note(known: Partial<Known>): Promise<void> {
    await this.write(known);
  }

  /** Says, now and then, that the command is still at work. */
  async beat(): Promise<void> {
    if (Date.now() - this.writtenAt >= BEAT_MS) await this.write({});
  }

  /** The last entry; also written where the command was interrupted. */
  async end(state: State, reason?: string): Promise<void> {
    const short = reason?.slice(0, REASON_LENGTH);
    const last: Release = { ...this.release, state, ...(short !== undefined && { reason: short }) };
    this.release = { ...last, updatedAt: new Date().toISOString() };
    const cloud = this.context.cloud.lastWords(LAST_WORDS_MS);
    await this.tolerate(cloud.do(writeRelease(this.context.path, this.release)));
  }

  private async write(change: Partial<Release>): Promise<void> {
    this.release = { ...this.release, ...change, updatedAt: new Date().toISOString() };
    this.writtenAt = Date.now();
    await this.tolerate(this.context.cloud.do(writeRelease(this.context.path, this.release)));
  }

  /** A record that can't be written must not stop what it records. */
  private async tolerate(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.context.cloud.signal.throwIfAborted();
      if (error instanceof AccessLost && this.release.state === 'running') throw error;
      this.context.reporter.line(`  The record could not be written: ${(error as Error).message}`);
    }
  }
}
