import { HttpStatus, type ValidationError, ValidationPipe } from '@nestjs/common';
import { type FieldError, ProblemException } from './problem';

/** Validates bodies and queries against their classes: unknown fields are refused, every problem is listed. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new ProblemException(HttpStatus.UNPROCESSABLE_ENTITY, 'The request is not valid.', {
        kind: 'invalid-fields',
        errors: toFieldErrors(errors),
      }),
  });
}

function toFieldErrors(errors: readonly ValidationError[], path = ''): FieldError[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = `${path}${property}`;
    return [
      ...Object.values(constraints).map((message) => ({ field, message })),
      ...toFieldErrors(children, `${field}.`),
    ];
  });
}
