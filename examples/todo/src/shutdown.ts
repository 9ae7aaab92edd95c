import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { timeLimitsEnvironment } from './config/time-limits.environment';
import { ManagementServer } from './health/management-server';
import { Readiness } from './health/readiness';
import { LOGGER } from './observability/logger';
import { RequestObserver } from './observability/request-observer';

const CLOSE_EVERY_MS = 500;

/**
 * Stops gracefully on SIGTERM and SIGINT: readiness fails, requests are still served until balancers have
 * noticed, those in flight finish, the pool ends, exit 0. A second signal or the deadline ends it at once, with 1.
 */
export function stopOnSignals(app: NestFastifyApplication): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    const logger = app.get<Logger>(LOGGER);
    if (stopping) {
      logger.warn({ signal }, 'second signal: stopping at once');
      process.exit(1);
    }
    stopping = true;
    const { DRAIN_MS, SHUTDOWN_MS } = timeLimitsEnvironment.read();
    logger.info({ signal, drain_ms: DRAIN_MS }, 'draining');
    app.get(Readiness).startDraining();
    setTimeout(() => {
      logger.error(`not stopped within ${SHUTDOWN_MS} ms: stopping at once`);
      process.exit(1);
    }, SHUTDOWN_MS).unref();
    close(app, DRAIN_MS).then(
      () => {
        logger.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function close(app: NestFastifyApplication, drainMs: number): Promise<void> {
  await delay(drainMs);
  const observer = app.get(RequestObserver);
  // Node waits for the request of a connection on which none has come yet: whoever opened it in advance, for ever.
  const timer = setInterval(() => {
    if (!observer.busy) app.getHttpServer().closeAllConnections();
  }, CLOSE_EVERY_MS);
  await app.close();
  clearInterval(timer);
  await app.get(ManagementServer).close();
}
