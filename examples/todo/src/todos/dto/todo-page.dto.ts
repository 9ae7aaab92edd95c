import { ApiProperty } from '@nestjs/swagger';
import { CURSOR_PATTERN } from '../cursor';
import { TodoDto } from './todo.dto';

/** A page of a list. */
export class TodoPageDto {
  /** Newest first */
  readonly items!: TodoDto[];
  /** The cursor of the next page, or null on the last one */
  @ApiProperty({ pattern: CURSOR_PATTERN })
  readonly nextCursor!: string | null;
}
