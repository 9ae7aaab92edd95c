import { pino, type DestinationStream, type Logger } from 'pino';
import { lineOptions } from './logger';

/**
 * Writes the access log into the stream of the logger. Nothing is searched for secrets here, since that costs more than
 * all else about the line: its fields are ids, names and numbers, and errors that are redacted already.
 */
export function createAccessLog(logger: Logger): Logger {
  const { [pino.symbols.streamSym]: stream } = logger as unknown as Record<symbol, DestinationStream>;
  return pino(lineOptions(), stream);
}
