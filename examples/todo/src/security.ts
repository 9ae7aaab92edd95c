import compress from '@fastify/compress';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { httpEnvironment } from './common/http/http.environment';
import { RATE_LIMIT_HEADERS } from './common/rate-limit/rate-limit.hook';

/** What browsers are told, which of them may call, and in which form bodies come and go. */
export async function secure(app: NestFastifyApplication): Promise<void> {
  const { CORS_ORIGINS } = httpEnvironment.read();
  // Only JSON is taken: no other type of body reaches a handler.
  app.getHttpAdapter().getInstance().removeContentTypeParser('text/plain');
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    // Whoever terminates TLS decides on this one.
    strictTransportSecurity: false,
  });
  await app.register(cors, {
    origin: CORS_ORIGINS,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'etag',
      'idempotency-replayed',
      'location',
      'retry-after',
      'x-request-id',
      ...RATE_LIMIT_HEADERS,
    ],
  });
  await app.register(compress, { encodings: ['br', 'gzip', 'deflate'] });
}
