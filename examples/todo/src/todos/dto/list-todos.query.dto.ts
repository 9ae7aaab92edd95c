import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { CURSOR_PATTERN } from '../cursor';
import { IsText } from './is-text';

export const DEFAULT_LIMIT = 20;
export const MAXIMUM_LIMIT = 100;
const SEARCH = { minLength: 1, maxLength: 200 };
/** Each word is looked up by itself: their number is what a search costs. */
const MAXIMUM_WORDS = 8;
/** What words are made of, as the function `search_words` of the database has it: all but punctuation and spaces. */
const WORD = String.raw`\p{Alphabetic}\p{M}\p{N}\p{Cf}\p{Co}\p{Cn}`;
const FEW_WORDS = String.raw`^[^${WORD}\0]*([${WORD}]+([^${WORD}\0]+[${WORD}]+){0,${MAXIMUM_WORDS - 1}}[^${WORD}\0]*)?$`;

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

  /** Only those in whose title or description each of these words, 8 at most, begins a word; case does not matter */
  @ApiPropertyOptional({ ...SEARCH, pattern: FEW_WORDS })
  @IsOptional()
  @Matches(new RegExp(FEW_WORDS, 'u'), { message: `$property must have at most ${MAXIMUM_WORDS} words` })
  @IsText(SEARCH)
  q?: string;
}
