import { setTimeout as pause } from 'node:timers/promises';

interface Sample {
  readonly at: number;
  readonly ok: boolean;
}

/** Users who list and write todos all the time, and notice when that fails. */
export class Load {
  private readonly samples: Sample[] = [];
  private readonly users: Promise<void>[] = [];
  private readonly url: string;
  private isOver = false;

  constructor(url: string) {
    this.url = url;
  }

  start(users: number): void {
    for (let index = 0; index < users; index += 1) this.users.push(this.user(index));
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.users);
  }

  get total(): number {
    return this.samples.length;
  }

  /** Failed requests since a moment, and the time between the first and the last of them. */
  failedSince(start: number): { readonly failed: number; readonly milliseconds: number } {
    const failed = this.samples.filter(({ at, ok }) => !ok && at >= start);
    const times = failed.map(({ at }) => at);
    return {
      failed: failed.length,
      milliseconds: failed.length > 0 ? Math.max(...times) - Math.min(...times) : 0,
    };
  }

  private async user(index: number): Promise<void> {
    for (let turn = index; !this.isOver; turn += 1) {
      const at = Date.now();
      const ok = await this.request(turn).catch(() => false);
      this.samples.push({ at, ok });
      await pause(20);
    }
  }

  private async request(turn: number): Promise<boolean> {
    const isWrite = turn % 2 === 0;
    const response = await fetch(`${this.url}/v1/todos`, {
      signal: AbortSignal.timeout(5_000),
      ...(isWrite && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ title: `todo ${turn}` }),
      }),
    });
    await response.arrayBuffer();
    return response.status === (isWrite ? 201 : 200);
  }
}
