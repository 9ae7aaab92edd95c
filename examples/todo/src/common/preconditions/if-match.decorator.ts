import { createParamDecorator, type ExecutionContext, HttpStatus } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ProblemException } from '../problem/problem';
import { TAGS_PATTERN, versionsOfIfMatch } from './entity-tag';
import { preconditionsEnvironment } from './preconditions.environment';

/** The versions of a resource that a change is meant for; undefined where it is meant for any. */
export type AcceptedVersions = readonly number[] | undefined;

/**
 * {@link AcceptedVersions} of the request, from its `If-Match`.
 *
 * @throws ProblemException 400 where the header is malformed, 428 where it is required and missing.
 */
export const IfMatch = createParamDecorator((_: unknown, execution: ExecutionContext): AcceptedVersions => {
  const header = execution.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (header !== undefined) return versionsOfIfMatch(header);
  if (!preconditionsEnvironment.read().REQUIRE_IF_MATCH) return undefined;
  throw new ProblemException(
    HttpStatus.PRECONDITION_REQUIRED,
    'Send If-Match with the ETag of the version that the change is meant for.',
  );
});

/** Documents `If-Match` and, with {@link IfMatch}, belongs to an operation that changes a resource. */
export function ApiIfMatch(): MethodDecorator {
  return ApiHeader({
    name: 'If-Match',
    description: 'The ETag of the version that the change is meant for: if there is a newer one, 412',
    required: false,
    schema: { type: 'string', pattern: TAGS_PATTERN },
    example: '"3"',
  });
}
