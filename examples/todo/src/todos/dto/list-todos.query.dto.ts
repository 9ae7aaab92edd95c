import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { CURSOR_PATTERN } from '../cursor';
import { IsText, NO_NUL } from './is-text';

export const DEFAULT_LIMIT = 20;
export const MAXIMUM_LIMIT = 100;
const SEARCH = { minLength: 1, maxLength: 200 };

/** Which todos to list. */
export class ListTodosQueryDto {
  /** How many at most */
  @ApiPropertyOptional({ type: 'integer' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAXIMUM_LIMIT)
  limit: number = DEFAULT_LIMIT;

  /** `nextCursor` of the page before */
  @ApiPropertyOptional({ pattern: CURSOR_PATTERN })
  @IsOptional()
  @IsString()
  cursor?: string;

  /** Only those that are completed, or only those that are not */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  completed?: boolean;

  /** Only those in whose title or description each of these words begins a word */
  @ApiPropertyOptional({ ...SEARCH, pattern: NO_NUL })
  @IsOptional()
  @IsText(SEARCH)
  q?: string;
}
