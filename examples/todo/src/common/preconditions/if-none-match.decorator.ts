import { ApiHeader } from '@nestjs/swagger';
import { TAGS_PATTERN } from './entity-tag';

/** Documents `If-None-Match`, by which a client says which versions it has. */
export function ApiIfNoneMatch(): MethodDecorator {
  return ApiHeader({
    name: 'If-None-Match',
    description: 'The ETag of the version that the client has: where that is the current one, 304',
    required: false,
    schema: { type: 'string', pattern: TAGS_PATTERN },
    example: '"3"',
  });
}
