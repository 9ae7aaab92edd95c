import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf } from '../request-context/request-context';
import { isDatabaseUnavailable } from './database-errors';
import { PROBLEM_JSON, problemOf, ProblemException, titleOf } from './problem';

/** Errors whose own text repeats what the client sent. */
const MALFORMED: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The URL is malformed.',
  FST_ERR_MAX_PARAM_LENGTH: 'The URL is too long.',
};

/** Answers every error, wherever it comes from, as problem details. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** Answers an error as problem details, once, and leaves it in the request's context for the access log. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const context = contextOf(request.raw);
  // It failed because nobody waits for it any more, which has been recorded.
  if (context.over) return;
  const exception = toProblemException(error);
  const { status } = exception;
  // The log of a client's fault says what the client was told; that of our own fault, what happened.
  context.error = status < 500 ? exception : error;
  if (reply.sent) return;
  const problem = problemOf(exception, request.raw.url ?? '/', context);
  // What failed for now may work soon.
  if (status === 503 || status === 409) void reply.header('retry-after', 1);
  void reply
    .status(status)
    .headers({ 'content-type': PROBLEM_JSON, 'cache-control': 'no-store' })
    .send(problem);
}

/** What the client may know of an error: never the text of one that is not its own fault. */
function toProblemException(error: unknown): ProblemException {
  if (error instanceof ProblemException) return error;
  if (error instanceof HttpException) return new ProblemException(error.getStatus(), detailOf(error));
  if (isDatabaseUnavailable(error)) return unavailable();
  if (isClientError(error))
    return new ProblemException(error.statusCode, MALFORMED[error.code ?? ''] ?? error.message);
  return new ProblemException(500, 'The service failed. Its operators can find the cause by the request id.');
}

/** The answer for now, where the same request may work later. */
export function unavailable(): ProblemException {
  return new ProblemException(503, 'The service can not answer now. Try again soon.');
}

function detailOf(error: HttpException): string {
  const status = error.getStatus();
  if (status >= 500) return titleOf(status);
  return status === 404 && error.message.startsWith('Cannot ') ? 'There is no such resource.' : error.message;
}

/**
 * Errors of Fastify (malformed JSON, too large, wrong media type…) carry their status; their texts name no internals.
 * Those of other libraries may carry one too, such as the answer of another service, which is not the client's fault.
 */
function isClientError(error: unknown): error is Error & { statusCode: number; code?: string } {
  if (!(error instanceof Error)) return false;
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  const isOfFastify = error instanceof SyntaxError || (typeof code === 'string' && code.startsWith('FST_'));
  return isOfFastify && typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
}
