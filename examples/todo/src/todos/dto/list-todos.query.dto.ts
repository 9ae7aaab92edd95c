import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

export const DEFAULT_LIMIT = 20;
export const MAXIMUM_LIMIT = 100;

/** Which todos to list. */
export class ListTodosQueryDto {
  /** How many at most */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAXIMUM_LIMIT)
  limit: number = DEFAULT_LIMIT;

  /** `nextCursor` of the page before */
  @IsOptional()
  @IsString()
  cursor?: string;

  /** Only those that are completed, or only those that are not */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  completed?: boolean;

  /** Only those in whose title or description each of these words begins a word */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\0]*$/, { message: '$property must not contain the character NUL' })
  q?: string;
}
