import { createParamDecorator, type ExecutionContext, HttpStatus } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ProblemException } from '../problem/problem';

const HEADER = 'Idempotency-Key';
const VISIBLE_ASCII = /^[!-~]{1,255}$/;

/**
 * The idempotency key of the request, or undefined.
 *
 * @throws ProblemException 400 where it is none.
 */
export const IdempotencyKeyHeader = createParamDecorator(
  (_: unknown, execution: ExecutionContext): string | undefined => {
    const key = execution.switchToHttp().getRequest<FastifyRequest>().headers[HEADER.toLowerCase()];
    if (key === undefined) return undefined;
    if (typeof key === 'string' && VISIBLE_ASCII.test(key)) return key;
    throw new ProblemException(
      HttpStatus.BAD_REQUEST,
      `${HEADER} must be 1 to 255 visible ASCII characters, such as a UUID.`,
    );
  },
);

/** Documents the header that {@link IdempotencyKeyHeader} reads. */
export function ApiIdempotencyKey(): MethodDecorator {
  return ApiHeader({
    name: HEADER,
    description:
      'Chosen by the client, e.g. a UUID: repeated with it, the request gets its first answer again',
    required: false,
    schema: { type: 'string', pattern: VISIBLE_ASCII.source },
    example: '7f3a2c1e-5b0d-4c8a-9e6f-1d2b3a4c5e6f',
  });
}
