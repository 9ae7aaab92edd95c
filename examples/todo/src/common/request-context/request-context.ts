import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Identity } from '../identity/identity';

/** What a client may send as `x-request-id`. */
export const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;
/** Version 00 ends here; a later version may go on after a dash. There is no version ff. */
const TRACE_PARENT =
  /^(?!ff|00.{54})[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-|$)/;

/** What is known of one request while it is served. */
export class RequestContext {
  readonly requestId: string;
  /** The W3C trace id of the caller, where it sent a valid `traceparent`. */
  readonly traceId: string | undefined;
  /** The template of the matched route, e.g. `/v1/todos/:id`. */
  route: string | undefined;
  /** `Controller.method` of the handler of that route. */
  operation: string | undefined;
  identity?: Identity;
  /** What went wrong, for the access log. */
  error?: unknown;
  /** How to stop what is being done for the answer elsewhere. */
  readonly cancellations = new Set<() => void>();
  private isOver = false;

  constructor(headers: IncomingMessage['headers']) {
    const given = headers['x-request-id'];
    this.requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    const parent = headers.traceparent;
    this.traceId = typeof parent === 'string' ? TRACE_PARENT.exec(parent)?.[1] : undefined;
  }

  /** Whether nobody waits for the answer any more: it is complete, was given up, or the client is gone. */
  get over(): boolean {
    return this.isOver;
  }

  /** Nobody waits for the answer any more: what is still being done for it stops. */
  end(): void {
    this.isOver = true;
    for (const cancel of this.cancellations) cancel();
  }

  /** The fields that every log line of the request carries. */
  logFields(): Record<string, string> {
    return {
      request_id: this.requestId,
      ...(this.traceId && { trace_id: this.traceId }),
      ...(this.identity && { user_id: this.identity.userId }),
      ...(this.operation && { operation: this.operation }),
    };
  }
}

const storage = new AsyncLocalStorage<RequestContext>();
const contexts = new WeakMap<IncomingMessage, RequestContext>();

/** Creates the context of a request that has just arrived. */
export function openContext(request: IncomingMessage): RequestContext {
  const context = new RequestContext(request.headers);
  contexts.set(request, context);
  return context;
}

/** The context of a request, wherever the request is at hand. */
export function contextOf(request: IncomingMessage): RequestContext {
  return contexts.get(request) ?? openContext(request);
}

/** The context of the request that is being served, where there is one. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs the rest of a request with its context. */
export function runInContext<T>(context: RequestContext, run: () => T): T {
  return storage.run(context, run);
}
