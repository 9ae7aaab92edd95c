import { format } from 'node:util';
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { currentContext } from '../common/request-context/request-context';
import { environmentName } from '../config/runtime.environment';
import { service, version } from '../config/service';
import { loggingEnvironment } from './logging.environment';
import { redact } from './redact';
import { redactText } from './redact-text';
import { serializeError } from './serialize-error';

/** The injection token of the logger of the process. */
export const LOGGER = Symbol('logger');

/** Lines are written together, for a write costs more than a line. None waits longer than this, and none is left at exit. */
const FLUSH_EVERY_MS = 10;
const TOGETHER_BYTES = 8192;
/** The one stream of all lines, so that they keep their order. */
export const stdout = pino.destination({
  sync: false,
  minLength: TOGETHER_BYTES,
  periodicFlush: FLUSH_EVERY_MS,
});

/**
 * The logger of the process: one JSON line per event on stdout, with the fields of the request that is being
 * served, without secrets. Whatever it is given, it writes a line.
 */
export function createLogger(destination: DestinationStream = stdout): Logger {
  const options: LoggerOptions = {
    ...lineOptions(),
    hooks: {
      logMethod(args, method) {
        method.apply(this, safeArguments(args));
      },
    },
    mixin: () => currentContext()?.logFields() ?? {},
  };
  return withSafeBindings(pino(options, destination));
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

/** What a call of the logger writes: its fields and its message, copies that hold no secret and that pino can write. */
function safeArguments(args: readonly unknown[]): [object, string?] {
  try {
    const [first, ...others] = args;
    if (typeof first !== 'object' || first === null) return [{}, messageOf(args)];
    const fields = fieldsOf(first);
    if (others.length > 0) return [fields, messageOf(others)];
    if ('msg' in fields) return [fields];
    const { err } = fields as { err?: { message?: unknown } };
    return [fields, typeof err?.message === 'string' ? err.message : ''];
  } catch (error) {
    return [{ err: serializeError(error) }, 'a line could not be logged'];
  }
}

function fieldsOf(value: object): object {
  const fields = redact(value instanceof Error ? { err: value } : value);
  return typeof fields === 'object' && fields !== null ? fields : { value: fields };
}

/** The values of a message may complete what is a secret: it is searched as a whole. */
function messageOf([message, ...values]: readonly unknown[]): string {
  const text = typeof message === 'string' ? message : format('%j', redact(message));
  return redactText(values.length > 0 ? format(text, ...values.map(redact)) : text);
}

/** The bindings of children, and of theirs, are fields like others. */
function withSafeBindings(logger: Logger): Logger {
  const original = Object.getPrototypeOf(logger) as Logger;
  return Object.assign(logger, {
    child(this: Logger, bindings: object, options?: object) {
      return original.child.call(this, fieldsOf(bindings), options);
    },
    setBindings(this: Logger, bindings: object) {
      original.setBindings.call(this, fieldsOf(bindings));
    },
  });
}
