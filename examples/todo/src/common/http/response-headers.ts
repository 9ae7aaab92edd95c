import type { OpenAPIObject } from '@nestjs/swagger';
import { REQUEST_ID } from '../request-context/request-context';

type HeadersObject = NonNullable<NonNullable<OpenAPIObject['components']>['headers']>;

/** The headers of answers, as the OpenAPI document describes them once for all operations. */
export const RESPONSE_HEADERS = {
  'X-Request-Id': {
    description: 'Finds the request in the logs: the one that the client sent, or a new one',
    required: true,
    schema: { type: 'string', pattern: REQUEST_ID.source },
  },
  'Cache-Control': {
    description:
      'Whether the answer may be kept: one with an ETag, to be asked for with If-None-Match; no other',
    required: true,
    schema: { type: 'string', enum: ['no-store', 'private, no-cache'] },
  },
  'RateLimit-Limit': {
    description: 'How many requests the client may send within a window; absent where there is no limit',
    schema: { type: 'integer', minimum: 1 },
  },
  'RateLimit-Remaining': {
    description: 'How many of them are left',
    schema: { type: 'integer', minimum: 0 },
  },
  'RateLimit-Reset': {
    description: 'The seconds until the window ends',
    schema: { type: 'integer', minimum: 0 },
  },
  'Retry-After': {
    description: 'The seconds after which the same request may succeed',
    required: true,
    schema: { type: 'integer', minimum: 1 },
  },
  ETag: {
    description: 'The version of the resource, for If-Match and If-None-Match',
    required: true,
    schema: { type: 'string', pattern: '^"[!#-~]+"$' },
  },
  Location: {
    description: 'Where the new resource is',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
  },
  'Idempotency-Replayed': {
    description: 'Tells that this is the answer to an earlier request with the same Idempotency-Key',
    schema: { type: 'string', enum: ['true'] },
  },
} satisfies HeadersObject;

export type ResponseHeader = keyof typeof RESPONSE_HEADERS;

/** The headers that any answer may have. */
export const COMMON_HEADERS: readonly ResponseHeader[] = [
  'X-Request-Id',
  'Cache-Control',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
];

/** Documents headers of an answer, besides {@link COMMON_HEADERS}. */
export function responseHeaders(...names: readonly ResponseHeader[]): HeadersObject {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
