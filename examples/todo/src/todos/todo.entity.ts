import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The longest texts, in characters. */
export const USER_ID_LENGTH = 255;
export const TITLE_LENGTH = 200;
export const DESCRIPTION_LENGTH = 2000;

/** A thing to do, of one user. */
@Entity('todos')
@Index('todos_user_id_id_idx', ['userId', 'id'])
// Of those who keep what is done, the open todos are few.
@Index('todos_open_idx', ['userId', 'id'], { where: 'completed_at IS NULL' })
// The index of the text search is on an expression, which TypeORM can't describe: migrations alone own it.
@Index('todos_search_idx', { synchronize: false })
@Check('todos_user_id_length', `char_length(user_id) BETWEEN 1 AND ${USER_ID_LENGTH}`)
@Check('todos_title_length', `char_length(title) BETWEEN 1 AND ${TITLE_LENGTH}`)
@Check('todos_description_length', `char_length(description) <= ${DESCRIPTION_LENGTH}`)
export class Todo {
  /** UUID of version 7: sorts by the time of creation. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'todos_pkey' })
  id!: string;

  @Column({ name: 'user_id', type: 'text' })
  userId!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text', nullable: true })
  description!: string | null;

  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt!: Date | null;

  /** When it was done; a todo is completed when it has this. */
  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt!: Date | null;

  /** Counts the changes. */
  @Column({ type: 'integer', default: 1 })
  version!: number;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'now()' })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'now()' })
  updatedAt!: Date;
}
