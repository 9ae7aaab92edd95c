import { Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { createLogger, LOGGER } from './logger';
import { Metrics } from './metrics';
import { RequestObserver } from './request-observer';

@Global()
@Module({
  imports: [
    // The access log is RequestObserver's: the module's own middleware would miss requests that fail before it.
    LoggerModule.forRootAsync({
      inject: [LOGGER],
      useFactory: (logger: Logger) => ({
        pinoHttp: { logger, autoLogging: false, wrapSerializers: false },
        forRoutes: [],
      }),
    }),
  ],
  providers: [{ provide: LOGGER, useFactory: createLogger }, Metrics, RequestObserver],
  exports: [LOGGER, Metrics, RequestObserver],
})
export class ObservabilityModule {}
