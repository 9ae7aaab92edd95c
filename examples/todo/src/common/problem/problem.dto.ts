import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { FieldError, Problem } from './problem';

@ApiSchema({ name: 'FieldError' })
class FieldErrorDto implements FieldError {
  /** The path of the field. */
  readonly field!: string;
  /** What is wrong with it. */
  readonly message!: string;
}

/** RFC 9457 problem details. */
@ApiSchema({ name: 'Problem' })
export class ProblemDto implements Problem {
  /** Stable for each kind of problem. */
  @ApiProperty({ format: 'uri' })
  readonly type!: string;
  /** Stable for each status. */
  readonly title!: string;
  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599 })
  readonly status!: number;
  /** What is wrong with this request. */
  readonly detail!: string;
  /** The path of the request. */
  @ApiProperty({ format: 'uri-reference' })
  readonly instance!: string;
  /** Finds the request in the logs. */
  readonly requestId!: string;
  /** The trace that the client gave in `traceparent`. */
  @ApiProperty({ required: false })
  readonly traceId?: string;
  /** The fields that are not valid. */
  @ApiProperty({ type: [FieldErrorDto], required: false })
  readonly errors?: FieldErrorDto[];
}
