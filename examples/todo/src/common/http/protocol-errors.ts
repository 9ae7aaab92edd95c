import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { CountedResponse } from '../../observability/counted-response';
import type { RequestObserver } from '../../observability/request-observer';
import { PROBLEM_JSON, problemOf, ProblemException, titleOf } from '../problem/problem';
import { contextOf, RequestContext } from '../request-context/request-context';

/** What Node refuses by itself, as the client may know it; all else that its parser says is a malformed request. */
const REFUSALS: Readonly<Record<string, ProblemException>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new ProblemException(408, 'The request did not arrive in time.'),
  HPE_HEADER_OVERFLOW: new ProblemException(431, 'The headers of the request are too large.'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: new ProblemException(413, 'The extensions of a chunk are too large.'),
};
/** The connection ended in the middle of a request. */
const CLIENT_GONE = 'HPE_INVALID_EOF_STATE';
const MALFORMED = new ProblemException(400, 'The request is not well-formed HTTP/1.1.');
const UNMET = new ProblemException(417, 'No expectation is met but 100-continue.');
const NO_PROXY = new ProblemException(400, 'CONNECT is for proxies.');

/**
 * Answers as problem details what Node refuses before the framework hears of it, and has it logged and counted like
 * every other request.
 */
export function answerProtocolErrors(server: Server, observer: RequestObserver): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const { code = '' } = error;
    const refusal = REFUSALS[code] ?? (code.startsWith('HPE_') ? MALFORMED : undefined);
    // The client is gone, or never asked anything.
    if (!refusal || code === CLIENT_GONE || !socket.writable || socket.bytesRead === 0) {
      socket.destroy();
      return;
    }
    const { request, response } = observer.latestOn(socket) ?? {};
    if (request && response && !request.complete) answer(request, response, refusal);
    // An answer that is on its way would be mixed up with this one.
    else refuse(socket, new RequestContext({}), 'unknown', refusal, response?.writableFinished ?? true);
  });
  server.on('checkExpectation', (request: IncomingMessage, response: CountedResponse) => {
    observer.observe(request, response);
    answer(request, response, UNMET);
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    refuse(socket, new RequestContext(request.headers), 'CONNECT', NO_PROXY);
  });

  /** Refuses what never was a request, and ends the connection: what follows can not be made sense of. */
  function refuse(
    socket: Socket,
    context: RequestContext,
    method: string,
    refusal: ProblemException,
    answered = true,
  ): void {
    context.error = refusal;
    const { status } = refusal;
    const body = JSON.stringify(problemOf(refusal, '/', context));
    observer.refused(context, { method, status, bytes: Buffer.byteLength(body) });
    if (!answered) {
      socket.destroy();
      return;
    }
    const lines = Object.entries(headersOf(context, body)).map(([name, value]) => `${name}: ${value}`);
    socket.write([`HTTP/1.1 ${status} ${titleOf(status)}`, ...lines, '', body].join('\r\n'));
    socket.destroySoon();
  }
}

/** Refuses a request of which only the beginning has arrived, or is wanted. */
function answer(request: IncomingMessage, response: ServerResponse, refusal: ProblemException): void {
  if (response.headersSent) {
    request.socket.destroy();
    return;
  }
  const context = contextOf(request);
  context.error = refusal;
  const body = JSON.stringify(problemOf(refusal, request.url ?? '/', context));
  response.writeHead(refusal.status, headersOf(context, body)).end(body);
}

function headersOf({ requestId }: RequestContext, body: string) {
  return {
    'x-request-id': requestId,
    'content-type': PROBLEM_JSON,
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  } as const;
}
