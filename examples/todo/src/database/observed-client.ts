import { Client } from 'pg';
import { currentContext, type RequestContext } from '../common/request-context/request-context';
import { cancelQuery } from './cancel-query';

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
 * A client for the pool whose queries know the request that they serve. They carry its id as a comment, so that the logs
 * and the activity of the database can be joined with ours (the alphabet of the ids has nothing that could end a
 * comment), and end with it: nobody waits for their results any more.
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
      if (typeof sql !== 'string' || !(result instanceof Promise)) return result;
      this.observe(sql, result);
      return context ? this.endWith(context, result) : result;
    }

    private async endWith(context: RequestContext, result: Promise<unknown>): Promise<unknown> {
      let cancelled: Promise<void> | undefined;
      const cancel = () => {
        cancelled ??= cancelQuery(this);
      };
      context.cancellations.add(cancel);
      try {
        return await result;
      } finally {
        context.cancellations.delete(cancel);
        await cancelled;
      }
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
