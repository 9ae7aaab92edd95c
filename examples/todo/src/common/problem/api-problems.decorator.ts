import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto';
import { type DocumentedProblem, referenceTo } from './problem-responses';

/** What any operation can answer: a malformed or refused request, and the faults of the service. */
const COMMON: readonly DocumentedProblem[] = [400, 429, 500, 503];
/** What can be wrong with a body. */
const BODY: readonly DocumentedProblem[] = [408, 413, 415, 422];

/** Documents the errors of an operation, besides those that any operation can give. */
export function ApiProblems(...statuses: readonly DocumentedProblem[]): MethodDecorator {
  const responses = [...COMMON, ...statuses].map((status) => ApiResponse({ status, ...referenceTo(status) }));
  return applyDecorators(ApiExtraModels(ProblemDto), ...responses);
}

/** Documents the errors of an operation that reads a body, besides those that any operation can give. */
export function ApiBodyProblems(...statuses: readonly DocumentedProblem[]): MethodDecorator {
  return ApiProblems(...BODY, ...statuses);
}
