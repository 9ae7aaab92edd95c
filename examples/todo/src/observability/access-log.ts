import { pino, type Logger } from 'pino';
import { lineOptions, stdout } from './logger';

/**
 * Writes the access log into the stream of the logger. Nothing is searched for secrets here, for every request would pay for
 * it: the fields are ids, names and numbers, and errors that are redacted already.
 */
export function createAccessLog(): Logger {
  return pino(lineOptions(), stdout);
}
