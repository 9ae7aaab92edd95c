import { pino, type DestinationStream, type Logger } from 'pino';
import { lineOptions } from './logger';

/**
 * Writes the access log into the stream of the logger. Nothing is searched for secrets here, for every request would pay for
 * it: the fields are ids, names and numbers, and errors that are redacted already.
 */
export function createAccessLog(logger: Logger): Logger {
  const { [pino.symbols.streamSym]: stream } = logger as unknown as Record<symbol, DestinationStream>;
  return pino(lineOptions(), stream);
}
