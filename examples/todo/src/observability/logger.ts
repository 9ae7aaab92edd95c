import { pino, type Logger, type LoggerOptions } from 'pino';
import { currentContext } from '../common/request-context/request-context';
import { environmentName } from '../config/runtime.environment';
import { service, version } from '../config/service';
import { loggingEnvironment } from './logging.environment';
import { redact } from './redact';
import { redactText } from './redact-text';

/** The injection token of the logger of the process. */
export const LOGGER = Symbol('logger');

/**
 * The logger of the process: one JSON line per event on stdout, with the fields of the request that is being
 * served, without secrets.
 */
export function createLogger(): Logger {
  const options: LoggerOptions = {
    level: loggingEnvironment.read().LOG_LEVEL,
    base: { service: service.name, environment: environmentName(), version },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (level) => ({ level }),
      log: (fields) => redact(fields) as Record<string, unknown>,
    },
    hooks: {
      logMethod(args, method) {
        method.apply(
          this,
          args.map((arg: unknown) => (typeof arg === 'string' ? redactText(arg) : arg)) as typeof args,
        );
      },
    },
    mixin: () => currentContext()?.logFields() ?? {},
    // Errors are plain objects already: `formatters.log` has made them so.
    serializers: { err: (error: unknown) => error },
  };
  return pino(options);
}
