import { QueryFailedError } from 'typeorm';

/** The connection is lost, refused or not to be had, the server is starting or stopping, or lets nobody in (SQLSTATE). */
const UNAVAILABLE =
  /^(08|28|53|57P0[1-5]|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)/;
/** A statement was cancelled by a time limit, or gave way to another transaction. */
const OVERLOADED = /^(57014|55P03|40001|40P01)$/;
/** `pg` and its pool give these errors no code. */
const UNAVAILABLE_MESSAGE =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether an error means that the database can't serve now, so that the same request may work later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable);
  if (!(error instanceof Error)) return false;
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const { code } = cause as { code?: unknown };
  if (typeof code === 'string' && (UNAVAILABLE.test(code) || OVERLOADED.test(code))) return true;
  return cause instanceof Error && UNAVAILABLE_MESSAGE.test(cause.message);
}
