import { type ArgumentMetadata, HttpStatus, type ValidationError, ValidationPipe } from '@nestjs/common';
import { type FieldError, ProblemException } from './problem';

/** Validates bodies and queries against their classes: unknown fields are refused, every problem is listed. */
export function createValidationPipe(): ValidationPipe {
  return new ObjectValidationPipe({
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

/** Nest's own takes a body that is missing or null for an empty object, and lets an empty list pass. */
class ObjectValidationPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (metadata.type === 'body' && this.toValidate(metadata) && !isObject)
      throw new ProblemException(HttpStatus.UNPROCESSABLE_ENTITY, 'The body must be a JSON object.');
    return super.transform(value, metadata);
  }
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
