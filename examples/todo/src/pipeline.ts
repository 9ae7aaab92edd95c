import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { methodsOf } from './common/http/methods';
import { answerProtocolErrors } from './common/http/protocol-errors';
import { Overload } from './common/overload/overload';
import { ProblemException } from './common/problem/problem';
import { sendProblem, unavailable } from './common/problem/problem.filter';
import { RateLimitHook } from './common/rate-limit/rate-limit.hook';
import { contextOf, runInContext } from './common/request-context/request-context';
import { timeLimitsEnvironment } from './config/time-limits.environment';
import { DatabaseConnection } from './database/database-connection';
import { Readiness } from './health/readiness';
import type { CountedResponse } from './observability/counted-response';
import { RequestObserver } from './observability/request-observer';
import { secure } from './security';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `Controller.method` of the handler. */
    operation?: string;
  }
}

const TOO_LONG = new ProblemException(503, 'The request took too long. Try again soon.', {
  kind: 'timed-out',
});
const TOO_SLOW = new ProblemException(408, 'The request did not arrive in time.');

/** Sets up what every request passes on its way to a handler, in this order. */
export async function setupPipeline(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  nameOperations(fastify);
  observeRequests(fastify, app.get(RequestObserver));
  giveUpLateRequests(fastify);
  refuseWithoutHost(fastify);
  closeConnectionsOnDrain(fastify, app.get(Readiness));
  await secure(app);
  shedLoad(fastify, app.get(Overload));
  limitRequests(fastify, app.get(RateLimitHook));
  refuseWrongMethods(fastify);
  refuseUntilConnected(fastify, app.get(DatabaseConnection));
}

/** Each route knows its operation, as the log has it, also for what is refused before the handler. */
function nameOperations(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    // NestJS names its handlers so; the pages of the documentation have no controller.
    const { name } = route.handler;
    if (/^\w+\.\w+$/.test(name)) route.config = { ...route.config, operation: name };
  });
}

/** Gives each request its context, and the metrics and the access log their facts. */
function observeRequests(fastify: FastifyInstance, observer: RequestObserver): void {
  fastify.server.prependListener('request', (request, response) => {
    observer.observe(request, response as CountedResponse);
  });
  answerProtocolErrors(fastify.server, observer);
  fastify.addHook('onRequest', (request, reply, done) => {
    const context = contextOf(request.raw);
    void reply.header('x-request-id', context.requestId);
    const { url, config } = request.routeOptions;
    // `*` is the route of preflights.
    context.route = request.is404 || url === '*' ? undefined : url;
    context.operation = config.operation;
    runInContext(context, done);
  });
  // The events that deliver a body know nothing of the context in which the request began.
  fastify.addHook('preValidation', (request, _reply, done) => {
    runInContext(contextOf(request.raw), done);
  });
}

/**
 * Answers for a handler that takes too long, and ends what it does: its query is cancelled, no other is started, and a
 * transaction is rolled back.
 *
 * Fastify's own `handlerTimeout` ends with the body of the request, where there is one.
 */
function giveUpLateRequests(fastify: FastifyInstance): void {
  const { REQUEST_TIMEOUT_MS } = timeLimitsEnvironment.read();
  fastify.addHook('onRequest', (request, reply, done) => {
    const timer = setTimeout(() => {
      if (reply.raw.headersSent) reply.raw.destroy();
      else sendProblem(request.raw.complete ? TOO_LONG : TOO_SLOW, request, reply);
      contextOf(request.raw).end();
    }, REQUEST_TIMEOUT_MS);
    reply.raw.once('close', () => {
      clearTimeout(timer);
    });
    done();
  });
}

function refuseWithoutHost(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers, httpVersion } = request.raw;
    const isMissing = headers.host === undefined && httpVersion === '1.1';
    done(isMissing ? new ProblemException(400, 'The header Host is missing.') : undefined);
  });
}

/** While the instance drains, clients and balancers are told to open their next connection elsewhere. */
function closeConnectionsOnDrain(fastify: FastifyInstance, readiness: Readiness): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (readiness.draining) void reply.header('connection', 'close');
    done(null, payload);
  });
}

/** Where more comes than can be served, a part is refused at once, instead of all being late. */
function shedLoad(fastify: FastifyInstance, overload: Overload): void {
  fastify.addHook('onRequest', (_request, _reply, done) => {
    done(overload.refusal());
  });
}

function limitRequests(fastify: FastifyInstance, rateLimit: RateLimitHook): void {
  fastify.addHook('onRequest', async (request, reply) => rateLimit.check(request, reply));
}

/** Tells a known path with another method from an unknown path. */
function refuseWrongMethods(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const allowed = request.is404 ? methodsOf(fastify, request.url) : [];
    if (allowed.length > 0) void reply.header('allow', allowed.join(', '));
    done(allowed.length > 0 ? new ProblemException(405, `Use ${allowed.join(' or ')}.`) : undefined);
  });
}

/** Before its first contact with the database an instance can serve nothing, and says so at once. */
function refuseUntilConnected(fastify: FastifyInstance, database: DatabaseConnection): void {
  fastify.addHook('onRequest', (_request, _reply, done) => {
    done(database.established ? undefined : unavailable());
  });
}
