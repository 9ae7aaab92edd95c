import { Injectable } from '@nestjs/common';
import { rateLimitEnvironment } from './rate-limit.environment';
import { RateLimiter, type RateLimitResult } from './rate-limiter';

/**
 * How many clients are remembered: some 20 MB. Whoever sends from more addresses than that within a window gets the
 * oldest ones forgotten, and has little from it, for each of them had a limit of its own already.
 */
const MAXIMUM_CLIENTS = 100_000;

interface Window {
  readonly endsAt: number;
  count: number;
}

/** Counts in this process: each instance of the service grants the limit by itself. */
@Injectable()
export class MemoryRateLimiter extends RateLimiter {
  private readonly windows = new Map<string, Window>();
  /**
   * The clients in a ring, in the order in which their windows began and will end: all have the same length. The map has that
   * order, too, but takes long to find its first key once many before it have been deleted.
   */
  private readonly clients: string[] = [];
  private oldest = 0;
  private readonly limit: number;
  private readonly lengthMs: number;

  constructor() {
    super();
    const { RATE_LIMIT_REQUESTS, RATE_LIMIT_WINDOW_SECONDS } = rateLimitEnvironment.read();
    this.limit = RATE_LIMIT_REQUESTS;
    this.lengthMs = RATE_LIMIT_WINDOW_SECONDS * 1000;
  }

  /** How many clients are remembered. */
  get size(): number {
    return this.windows.size;
  }

  override consume(client: string): Promise<RateLimitResult> {
    const now = performance.now();
    const window = this.windowOf(client, now);
    window.count += 1;
    return Promise.resolve({
      allowed: window.count <= this.limit,
      limit: this.limit,
      remaining: Math.max(0, this.limit - window.count),
      resetMs: window.endsAt - now,
    });
  }

  private windowOf(client: string, now: number): Window {
    const known = this.windows.get(client);
    if (known && known.endsAt > now) return known;
    this.forget(now);
    const window = { endsAt: now + this.lengthMs, count: 0 };
    this.clients[(this.oldest + this.windows.size) % MAXIMUM_CLIENTS] = client;
    this.windows.set(client, window);
    return window;
  }

  /** Forgets the windows that have ended, and the oldest one where there is no room for one more. */
  private forget(now: number): void {
    for (;;) {
      const client = this.clients[this.oldest] ?? '';
      const window = this.windows.get(client);
      if (!window || (window.endsAt > now && this.windows.size < MAXIMUM_CLIENTS)) return;
      this.windows.delete(client);
      this.oldest = (this.oldest + 1) % MAXIMUM_CLIENTS;
    }
  }
}
