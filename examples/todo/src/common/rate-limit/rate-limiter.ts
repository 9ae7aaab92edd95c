/** What is left for a client after a request. */
export interface RateLimitResult {
  readonly allowed: boolean;
  /** Requests per window. */
  readonly limit: number;
  readonly remaining: number;
  /** Until the window ends. */
  readonly resetMs: number;
}

/** Counts the requests of each client. Provide another class under this token to share the counts between instances. */
export abstract class RateLimiter {
  /**
   * Counts one request of the client. A rejection fails that request: whoever keeps the counts where they may be out of
   * reach has to decide without them.
   */
  abstract consume(client: string): Promise<RateLimitResult>;
}
