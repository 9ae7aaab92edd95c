import cors from '@fastify/cors';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from 'helmet';
import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { compressAnswers } from './common/http/compression';
import { httpEnvironment } from './common/http/http.environment';
import { RATE_LIMIT_HEADERS } from './common/rate-limit/rate-limit.hook';

/** What browsers and caches are told, which of them may call, and in which form bodies come and go. */
export async function secure(app: NestFastifyApplication): Promise<void> {
  const { CORS_ORIGINS } = httpEnvironment.read();
  const fastify = app.getHttpAdapter().getInstance();
  // Only JSON is taken: no other type of body reaches a handler.
  fastify.removeContentTypeParser('text/plain');
  // No cache keeps what is one user's own; an answer with a version says otherwise.
  const headers = { ...securityHeaders(), 'cache-control': 'no-store' };
  // Whoever came through TLS, as the trusted proxy that ended it says, shall come only so.
  const headersOverTls = { ...headers, 'strict-transport-security': 'max-age=31536000' };
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(request.protocol === 'https' ? headersOverTls : headers);
    done();
  });
  if (CORS_ORIGINS.length > 0) await allowOrigins(app, CORS_ORIGINS);
  compressAnswers(fastify);
}

/** Lets pages of these origins call. */
async function allowOrigins(app: NestFastifyApplication, origin: string[]): Promise<void> {
  await app.register(cors, {
    origin,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    // OPTIONS without an origin is no error, and would not be answered as problem details if it were.
    strictPreflight: false,
    exposedHeaders: [
      'etag',
      'idempotency-replayed',
      'location',
      'retry-after',
      'x-request-id',
      ...RATE_LIMIT_HEADERS,
    ],
  });
}

/** What helmet sets on an answer. None of it depends on the request, and making it anew for each one costs a lot. */
function securityHeaders(): OutgoingHttpHeaders {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const setHeaders = helmet({
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    // Only over TLS.
    strictTransportSecurity: false,
  });
  setHeaders(request, response, () => undefined);
  return response.getHeaders();
}
