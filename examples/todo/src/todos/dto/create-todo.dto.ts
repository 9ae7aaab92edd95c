import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsOptional, ValidateIf } from 'class-validator';
import { DESCRIPTION_LENGTH, TITLE_LENGTH } from '../todo.entity';
import { IsText, NO_NUL } from './is-text';
import { IsTimestamp } from './is-timestamp';

const TITLE = { minLength: 1, maxLength: TITLE_LENGTH };
/** Without the spaces around it, something is left. */
const NOT_BLANK = String.raw`^[^\0]*[^\s\0][^\0]*$`;
const DESCRIPTION = { minLength: 0, maxLength: DESCRIPTION_LENGTH };

/** A new todo. */
export class CreateTodoDto {
  /**
   * What there is to do; spaces around it are removed
   * @example 'Buy milk'
   */
  @ApiProperty({ ...TITLE, pattern: NOT_BLANK })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsText(TITLE)
  title!: string;

  /**
   * More about it
   * @example 'Two bottles'
   */
  @ApiPropertyOptional({ ...DESCRIPTION, pattern: NO_NUL })
  @IsOptional()
  @IsText(DESCRIPTION)
  description?: string | null;

  /**
   * When it is due (RFC 3339), between the years 1 and 9999
   * @example '2030-01-31T09:00:00Z'
   */
  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @Type(() => String)
  @IsTimestamp()
  dueAt?: string | null;

  /** Whether it is done already */
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  completed?: boolean;
}
