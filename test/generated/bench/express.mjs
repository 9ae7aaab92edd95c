/**
 * The service on Express: all of its modules, and what `app.ts` sets up around them as the middleware of Express. The
 * observer is the service's own, in the earliest place.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

const ofService = createRequire(path.resolve('package.json'));
const { NestFactory } = ofService('@nestjs/core');
const { ExpressAdapter } = ofService('@nestjs/platform-express');
const { Logger } = ofService('nestjs-pino');
const helmet = ofService('helmet');
const { appOptions, listen } = ofService('./dist/app.js');
const { AppModule } = ofService('./dist/app.module.js');
const { Overload } = ofService('./dist/common/overload/overload.js');
const { RateLimitHook } = ofService('./dist/common/rate-limit/rate-limit.hook.js');
const { contextOf, runInContext } = ofService('./dist/common/request-context/request-context.js');
const { DatabaseConnection } = ofService('./dist/database/database-connection.js');
const { RequestObserver } = ofService('./dist/observability/request-observer.js');
const { stopOnSignals } = ofService('./dist/shutdown.js');

/** @typedef {import('node:http').IncomingMessage & { raw: unknown, route?: { path: string } }} Request */
/** @typedef {import('node:http').ServerResponse & { set(headers: object): Response, headers?: (headers: object) => Response }} Response */
/** @typedef {(error?: unknown) => void} Next */

const app = await NestFactory.create(AppModule, new ExpressAdapter(), appOptions());
const [observer, overload, rateLimit, database] = [
  RequestObserver,
  Overload,
  RateLimitHook,
  DatabaseConnection,
].map((provider) => app.get(provider));

app.use((/** @type {Request} */ request, /** @type {Response} */ response, /** @type {Next} */ next) => {
  // The guard, the filter and the decorators look there, as Fastify has it.
  request.raw = request;
  response.headers = (headers) => response.set(headers);
  countBytes(response);
  // Only a finished route is known to Express: before the observer's own listener, which comes next.
  response.once('close', () => {
    contextOf(request).route = request.route?.path;
  });
  observer.observe(request, response);
  response.setHeader('x-request-id', contextOf(request).requestId);
  runInContext(contextOf(request), next);
});
app.use(
  helmet({
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    strictTransportSecurity: false,
  }),
);
app.enableCors({ origin: [], methods: ['GET', 'POST', 'PATCH', 'DELETE'] });
app.use((/** @type {Request} */ _request, /** @type {Response} */ _response, /** @type {Next} */ next) =>
  next(overload.refusal()),
);
app.use(
  // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 hands rejections on
  async (/** @type {Request} */ request, /** @type {Response} */ response, /** @type {Next} */ next) => {
    await rateLimit.check(request, response);
    next();
  },
);
app.use((/** @type {Request} */ _request, /** @type {Response} */ _response, /** @type {Next} */ next) =>
  next(database.established ? undefined : new Error('not connected')),
);
app.getHttpAdapter().getInstance().disable('x-powered-by').set('etag', false);
await app.init();
app.useLogger(app.get(Logger));
stopOnSignals(app);
await listen(app);

/**
 * Express makes its own class of the response: the count of the service's class is lost.
 *
 * @param {Response & { bodyBytes?: number }} response
 */
function countBytes(response) {
  response.bodyBytes = 0;
  const end = response.end.bind(response);
  response.end = (/** @type {any} */ chunk, /** @type {any[]} */ ...others) => {
    response.bodyBytes = chunk === undefined ? 0 : Buffer.byteLength(chunk);
    return end(chunk, ...others);
  };
}
