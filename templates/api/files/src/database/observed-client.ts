import { Client } from 'pg';
import { currentContext, type RequestContext } from '../common/request-context/request-context';

/** Hears of every query when it is over. */
export type QueryObserver = (sql: string, seconds: number, failed: boolean) => void;

const TIMED_OUT = 'Query read timeout';

/** Nobody waits for the answer any more: no query is started for it. */
class RequestOverError extends Error {
  constructor() {
    super('the request is over');
    this.name = 'RequestOverError';
  }
}

/**
 * A client for the pool whose queries carry the id of the request that they serve, as a comment: the logs and the
 * activity of the database can be joined with ours. The alphabet of the ids has nothing that could end a comment.
 */
export function observedClient(observe: QueryObserver): typeof Client {
  return class ObservedClient extends Client {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the overloads can't be repeated
    override query(...args: any[]): any {
      const send = super.query.bind(this) as (...args: unknown[]) => unknown;
      const [sql, ...others] = args as unknown[];
      const context = currentContext();
      // What has begun can still be taken back.
      if (context?.over && sql !== 'ROLLBACK') return Promise.reject(new RequestOverError());
      const result = send(typeof sql === 'string' ? comment(sql, context) : sql, ...others);
      if (typeof sql === 'string' && result instanceof Promise) this.observe(sql, result);
      return result;
    }

    private observe(sql: string, result: Promise<unknown>): void {
      const start = performance.now();
      const over = (failed: boolean) => {
        observe(sql, (performance.now() - start) / 1000, failed);
      };
      result.then(
        () => {
          over(false);
        },
        (error: unknown) => {
          over(true);
          // Nobody knows what this connection will still say: the pool gets another one.
          if (error instanceof Error && error.message === TIMED_OUT) this.discard();
        },
      );
    }

    private discard(): void {
      const { connection } = this as unknown as { connection: { stream: { destroy: () => void } } };
      connection.stream.destroy();
    }
  };
}

function comment(sql: string, context: RequestContext | undefined): string {
  return context ? `/* request_id=${context.requestId} */ ${sql}` : sql;
}
