import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { httpEnvironment } from './common/http/http.environment';
import { answerProtocolErrors } from './common/http/protocol-errors';
import { ProblemException } from './common/problem/problem';
import { sendProblem, unavailable } from './common/problem/problem.filter';
import { methodsOf } from './common/http/methods';
import { Overload } from './common/overload/overload';
import { RATE_LIMIT_HEADERS, RateLimitHook } from './common/rate-limit/rate-limit.hook';
import { contextOf, runInContext } from './common/request-context/request-context';
import { checkEnvironment } from './config/environment';
import { isProduction } from './config/runtime.environment';
import { DatabaseConnection } from './database/database-connection';
import { ManagementServer } from './health/management-server';
import { Readiness } from './health/readiness';
import { BootstrapLogger } from './observability/bootstrap-logger';
import { createLogger } from './observability/logger';
import { RequestObserver } from './observability/request-observer';
import { setupDocumentation } from './openapi';

/** How NestJS itself is set up. */
export function appOptions(): NestApplicationOptions {
  return { logger: new BootstrapLogger(createLogger()), bodyParser: false, abortOnError: false };
}

/**
 * Builds the application as it runs in production, ready to listen.
 *
 * @throws EnvironmentError with every problem of the environment, before anything is started.
 */
export async function createApp(): Promise<NestFastifyApplication> {
  checkEnvironment();
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, createAdapter(), appOptions());
  return configure(app);
}

/** Sets up what is outside of the modules. */
export async function configure(app: NestFastifyApplication): Promise<NestFastifyApplication> {
  observeRequests(app);
  closeConnectionsOnDrain(app);
  await secure(app);
  shedLoad(app);
  limitRequests(app);
  refuseWrongMethods(app);
  refuseUntilConnected(app);
  if (!isProduction()) setupDocumentation(app);
  await app.init();
  app.useLogger(app.get(Logger));
  return app;
}

/** Opens both listeners: the instance is started when the database has answered, too. Resolves with their URLs. */
export async function listen(app: NestFastifyApplication): Promise<{ url: string; managementUrl: string }> {
  const { PORT, MANAGEMENT_PORT, HOST } = httpEnvironment.read();
  const host = HOST ?? (isProduction() ? '0.0.0.0' : '127.0.0.1');
  const managementPort = await app.get(ManagementServer).listen(MANAGEMENT_PORT, host);
  await app.listen(PORT, host);
  void app
    .get(DatabaseConnection)
    .whenEstablished()
    .then(() => {
      app.get(Readiness).markStarted();
    });
  const url = await app.getUrl();
  return { url, managementUrl: url.replace(/\d+$/, String(managementPort)) };
}

/** The HTTP server and what it expects of clients. */
export function createAdapter(): FastifyAdapter {
  const { BODY_LIMIT_BYTES, TRUSTED_PROXIES, HEADERS_TIMEOUT_MS, KEEP_ALIVE_TIMEOUT_MS } =
    httpEnvironment.read();
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: (_address: string, hop: number) => hop < TRUSTED_PROXIES,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // Node takes the shorter of the two for headers and for a connection on which nothing has come yet.
    requestTimeout: HEADERS_TIMEOUT_MS,
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: 1000,
      // Node would answer by itself, unseen by logs and metrics: see `observeRequests`.
      requireHostHeader: false,
    },
    // See `answerProtocolErrors`.
    clientErrorHandler: () => undefined,
    // A draining instance still gets requests for a while, and must serve them.
    return503OnClosing: false,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(error, request, reply);
    },
    routerOptions: { maxParamLength: 200 },
  });
}

/** Gives each request its context, and the metrics and the access log their facts. */
function observeRequests(app: NestFastifyApplication): void {
  const observer = app.get(RequestObserver);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.server.prependListener('request', (request, response) => {
    observer.observe(request, response);
  });
  answerProtocolErrors(fastify.server, observer);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const context = contextOf(request.raw);
    const { url } = request.routeOptions;
    // `*` is the route of preflights.
    context.route = request.is404 || url === '*' ? undefined : url;
    runInContext(context, done);
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers, httpVersion } = request.raw;
    const isMissing = headers.host === undefined && httpVersion === '1.1';
    done(isMissing ? new ProblemException(400, 'The header Host is missing.') : undefined);
  });
  // The events that deliver a body know nothing of the context in which the request began.
  fastify.addHook('preValidation', (request, _reply, done) => {
    runInContext(contextOf(request.raw), done);
  });
}

/** While the instance drains, clients and balancers are told to open their next connection elsewhere. */
function closeConnectionsOnDrain(app: NestFastifyApplication): void {
  const readiness = app.get(Readiness);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, payload, done) => {
      if (readiness.draining) void reply.header('connection', 'close');
      done(null, payload);
    });
}

/** Where more comes than can be served, a part is refused at once, instead of all being late. */
function shedLoad(app: NestFastifyApplication): void {
  const overload = app.get(Overload);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (_request, _reply, done) => {
      done(overload.refusal());
    });
}

/** Tells a known path with another method from an unknown path. */
function refuseWrongMethods(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const allowed = request.is404 ? methodsOf(fastify, request.url) : [];
    if (allowed.length > 0) void reply.header('allow', allowed.join(', '));
    done(allowed.length > 0 ? new ProblemException(405, `Use ${allowed.join(' or ')}.`) : undefined);
  });
}

function limitRequests(app: NestFastifyApplication): void {
  const rateLimit = app.get(RateLimitHook);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => rateLimit.check(request, reply));
}

/** Before its first contact with the database an instance can serve nothing, and says so at once. */
function refuseUntilConnected(app: NestFastifyApplication): void {
  const database = app.get(DatabaseConnection);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (_request, _reply, done) => {
      done(database.established ? undefined : unavailable());
    });
}

async function secure(app: NestFastifyApplication): Promise<void> {
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
}
