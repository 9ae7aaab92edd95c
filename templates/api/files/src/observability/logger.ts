import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
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
export function createLogger(destination?: DestinationStream): Logger {
  const line = lineOptions();
  const options: LoggerOptions = {
    ...line,
    formatters: {
      ...line.formatters,
      log: (fields) => redact(fields) as Record<string, unknown>,
    },
    hooks: {
      logMethod(args, method) {
        method.apply(this, withoutSecrets(args) as typeof args);
      },
    },
    mixin: () => currentContext()?.logFields() ?? {},
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What every line has. */
export function lineOptions(): LoggerOptions {
  return {
    level: loggingEnvironment.read().LOG_LEVEL,
    base: { service: service.name, environment: environmentName(), version },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    // Errors are plain objects already when pino gets to see them.
    serializers: { err: (error: unknown) => error },
  };
}

/** The arguments of a call of the logger. The message of an error becomes that of the line, which pino would copy as it is. */
function withoutSecrets([first, ...others]: readonly unknown[]): unknown[] {
  const safe = others.map((value) => (typeof value === 'string' ? redactText(value) : redact(value)));
  if (typeof first === 'string') return [redactText(first), ...safe];
  const fields = first instanceof Error ? { err: first } : first;
  const { err } = (fields ?? {}) as { err?: unknown };
  return safe.length === 0 && err instanceof Error ? [fields, redactText(err.message)] : [fields, ...safe];
}
