import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { timeLimitsEnvironment } from '../../config/time-limits.environment';
import { CountedResponse } from '../../observability/counted-response';
import { sendProblem } from '../problem/problem.filter';
import { contextOf } from '../request-context/request-context';
import { httpEnvironment } from './http.environment';

/** The HTTP server and what it expects of clients. */
export function createAdapter(): FastifyAdapter {
  const { BODY_LIMIT_BYTES, TRUSTED_PROXIES = 0 } = httpEnvironment.read();
  const { HEADERS_TIMEOUT_MS, KEEP_ALIVE_TIMEOUT_MS } = timeLimitsEnvironment.read();
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: (_address: string, hop: number) => hop < TRUSTED_PROXIES,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // Node takes the shorter of the two for headers and for a connection on which nothing has come yet.
    requestTimeout: HEADERS_TIMEOUT_MS,
    http: {
      ServerResponse: CountedResponse,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: 1000,
      // Node would answer by itself, unseen by logs and metrics: see `refuseWithoutHost`.
      requireHostHeader: false,
    },
    // See `answerProtocolErrors`.
    clientErrorHandler: () => undefined,
    // A draining instance still gets requests for a while, and must serve them.
    return503OnClosing: false,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      // No hook has seen the request.
      void reply.header('x-request-id', contextOf(request.raw).requestId);
      sendProblem(error, request, reply);
    },
    routerOptions: { maxParamLength: 200 },
  });
}
