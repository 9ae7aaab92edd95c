import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { COMMON_HEADERS, responseHeaders } from '../http/response-headers';
import { PROBLEM_JSON, problemOf, ProblemException, titleOf } from './problem';
import { ProblemDto } from './problem.dto';

type ResponsesObject = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;

/** The problems that operations may document, each with a detail as an example. */
const DETAILS = {
  400: 'The request is malformed.',
  401: 'The request proves no identity.',
  403: 'The identity may not do this.',
  404: 'There is no such resource.',
  408: 'The request did not arrive in time.',
  409: 'A request with this Idempotency-Key is still being served. Try again soon.',
  412: 'The resource has changed since that version. Read it again and decide anew.',
  413: 'Request body is too large',
  414: 'The URL is too long.',
  415: 'Unsupported Media Type',
  422: 'The request is not valid.',
  428: 'Send If-Match with the ETag of the version that the change is meant for.',
  429: 'Try again in 30 s.',
  500: 'The service failed. Its operators can find the cause by the request id.',
  503: 'The service can not answer now. Try again soon.',
} as const;
const RETRYABLE: readonly DocumentedProblem[] = [409, 429, 503];
const INVALID = {
  kind: 'invalid-fields',
  errors: [{ field: 'title', message: 'title must be text of 1 to 200 characters, none of which is NUL' }],
} as const;
const CONTEXT = { requestId: '3d98bfb8-61ba-4315-b23d-5e49b6c0036a' };

export type DocumentedProblem = keyof typeof DETAILS;

/** Stands for {@link problemResponses} of one status. */
export function referenceTo(status: number): { readonly $ref: string } {
  return { $ref: `#/components/responses/${nameOf(status)}` };
}

/** The answers to errors, as the OpenAPI document describes them once for all operations. */
export function problemResponses(): ResponsesObject {
  const statuses = Object.keys(DETAILS).map((status) => Number(status) as DocumentedProblem);
  return Object.fromEntries(statuses.map((status) => [nameOf(status), problemResponse(status)]));
}

function problemResponse(status: DocumentedProblem): ResponsesObject[string] {
  const exception = new ProblemException(status, DETAILS[status], status === 422 ? INVALID : {});
  const example = problemOf(exception, '/v1/todos', CONTEXT);
  return {
    description: titleOf(status),
    headers: responseHeaders(
      ...COMMON_HEADERS,
      ...(RETRYABLE.includes(status) ? (['Retry-After'] as const) : []),
    ),
    content: { [PROBLEM_JSON]: { schema: { $ref: getSchemaPath(ProblemDto) }, example } },
  };
}

function nameOf(status: number): string {
  return titleOf(status).replace(/[^A-Za-z]/g, '');
}
