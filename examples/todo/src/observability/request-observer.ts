import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { openContext, type RequestContext } from '../common/request-context/request-context';
import { LOGGER } from './logger';
import { Metrics } from './metrics';
import { serializeError } from './serialize-error';

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
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  observe(request: IncomingMessage, response: ServerResponse): void {
    const start = process.hrtime.bigint();
    const context = openContext(request);
    response.setHeader('x-request-id', context.requestId);
    this.metrics.requestStarted();
    response.once('close', () => {
      const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
      this.record(request, response, context, milliseconds);
    });
  }

  private record(
    request: IncomingMessage,
    response: ServerResponse,
    context: RequestContext,
    milliseconds: number,
  ): void {
    const { method = 'GET' } = request;
    const { route, error } = context;
    const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
    this.metrics.requestEnded({ method, route, status, seconds: milliseconds / 1000 });
    const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
    this.logger[level](
      {
        ...context.logFields(),
        method,
        route: route ?? 'unmatched',
        status,
        duration_ms: Math.round(milliseconds * 1000) / 1000,
        bytes: Number(response.getHeader('content-length') ?? 0),
        ...(error !== undefined && { err: serializeError(error, status >= 500) }),
      },
      'request completed',
    );
  }
}
