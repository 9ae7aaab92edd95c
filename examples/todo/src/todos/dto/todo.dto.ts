import { ApiProperty } from '@nestjs/swagger';
import type { Todo } from '../todo.entity';

/** A thing to do. */
export class TodoDto {
  /**
   * UUID of version 7
   * @example '019bc0fd-89c0-71df-9634-581bd4541928'
   */
  @ApiProperty({ format: 'uuid' })
  readonly id!: string;
  /** @example 'Buy milk' */
  readonly title!: string;
  /** @example 'Two bottles' */
  readonly description!: string | null;
  /** When it is due */
  @ApiProperty({ format: 'date-time' })
  readonly dueAt!: string | null;
  readonly completed!: boolean;
  /** When it was completed */
  @ApiProperty({ format: 'date-time' })
  readonly completedAt!: string | null;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
  /** Counts the changes; in quotes it is the ETag for `If-Match` */
  @ApiProperty({ type: 'integer', minimum: 1 })
  readonly version!: number;

  static of(todo: Todo): TodoDto {
    const { id, title, description, dueAt, completedAt, createdAt, updatedAt, version } = todo;
    return {
      id,
      title,
      description,
      // Text already: JSON.stringify is several times slower where it meets a Date.
      dueAt: dueAt?.toISOString() ?? null,
      completed: completedAt !== null,
      completedAt: completedAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      version,
    };
  }
}
