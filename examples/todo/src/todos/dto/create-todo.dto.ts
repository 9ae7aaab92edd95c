import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, Length, Matches, MaxLength, ValidateIf } from 'class-validator';
import { DESCRIPTION_LENGTH, TITLE_LENGTH } from '../todo.entity';
import { IsTimestamp } from './is-timestamp';

/** PostgreSQL can't store this character. */
const NO_NUL = /^[^\0]*$/;
const NO_NUL_MESSAGE = '$property must not contain the character NUL';

/** A new todo. */
export class CreateTodoDto {
  /**
   * What there is to do; spaces around it are removed
   * @example 'Buy milk'
   */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @Length(1, TITLE_LENGTH)
  @Matches(NO_NUL, { message: NO_NUL_MESSAGE })
  title!: string;

  /** More about it */
  @IsOptional()
  @IsString()
  @MaxLength(DESCRIPTION_LENGTH)
  @Matches(NO_NUL, { message: NO_NUL_MESSAGE })
  description?: string | null;

  /** When it is due (RFC 3339) */
  @IsOptional()
  @Type(() => String)
  @IsTimestamp()
  dueAt?: string | null;

  /** Whether it is done already */
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  completed?: boolean;
}
