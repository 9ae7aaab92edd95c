import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { PROBLEM_JSON, titleOf } from './problem';
import { ProblemDto } from './problem.dto';

/** Documents the errors of an operation, besides those that any operation can give (429, 500, 503). */
export function ApiProblems(...statuses: readonly number[]): MethodDecorator {
  const responses = [...statuses, 429, 500, 503].map((status) =>
    ApiResponse({
      status,
      description: titleOf(status),
      content: { [PROBLEM_JSON]: { schema: { $ref: getSchemaPath(ProblemDto) } } },
    }),
  );
  return applyDecorators(ApiExtraModels(ProblemDto), ...responses);
}
