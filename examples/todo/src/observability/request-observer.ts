import { Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { openContext, type RequestContext } from '../common/request-context/request-context';
import { createAccessLog } from './access-log';
import type { CountedResponse } from './counted-response';
import { Metrics } from './metrics';
import { serializeError } from './serialize-error';

/** A request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Outcome {
  readonly method: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Of the answer's body. */
  readonly bytes: number;
}

/** The client went away before the response was complete: no status of HTTP, but a usual one in logs. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * Gives each request its context and, when its response is over, exactly one access log line and one count.
 *
 * It listens to the server itself: requests that the framework refuses before any hook (a malformed URL, a
 * body that is too large) are seen like all others.
 */
@Injectable()
export class RequestObserver {
  private readonly latest = new WeakMap<Socket, Exchange>();
  private readonly accessLog = createAccessLog();
  private active = 0;

  constructor(private readonly metrics: Metrics) {}

  observe(request: IncomingMessage, response: CountedResponse): void {
    const start = process.hrtime.bigint();
    const context = openContext(request);
    this.latest.set(request.socket, { request, response });
    this.metrics.requestStarted();
    this.active += 1;
    response.once('close', () => {
      this.active -= 1;
      context.end();
      this.record(context, {
        method: request.method ?? 'GET',
        status: response.writableFinished ? response.sentStatus : CLIENT_CLOSED_REQUEST,
        milliseconds: Number(process.hrtime.bigint() - start) / 1e6,
        bytes: response.bodyBytes,
      });
    });
  }

  /** Whether a request is being served. */
  get busy(): boolean {
    return this.active > 0;
  }

  /** Records what was refused before it was a request. */
  refused(context: RequestContext, outcome: { method: string; status: number; bytes: number }): void {
    this.metrics.requestStarted();
    this.record(context, { ...outcome, milliseconds: 0 });
  }

  /** The latest request that began on a connection, where there is one. */
  latestOn(socket: Socket): Exchange | undefined {
    return this.latest.get(socket);
  }

  private record(context: RequestContext, { method, status, milliseconds, bytes }: Outcome): void {
    const { route, error } = context;
    this.metrics.requestEnded({ method, route, status, seconds: milliseconds / 1000 });
    const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
    this.accessLog[level](
      {
        ...context.logFields(),
        method,
        route: route ?? 'unmatched',
        status,
        duration_ms: Math.round(milliseconds * 1000) / 1000,
        bytes,
        ...(error !== undefined && { err: serializeError(error, status >= 500) }),
      },
      'request completed',
    );
  }
}
