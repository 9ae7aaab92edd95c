import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { uuidV7 } from '../common/uuid-v7';
import { Todo } from './todo.entity';

/** The fields that a user sets. */
export interface TodoValues {
  readonly title: string;
  readonly description: string | null;
  readonly dueAt: Date | null;
  readonly completed: boolean;
}

export interface TodoFilter {
  readonly limit: number;
  /** Only todos that were created before the one with this id. */
  readonly after?: string;
  readonly completed?: boolean;
  /** Words that begin a word of the title or description. */
  readonly words?: readonly string[];
}

/** The expression of the search's index; `lower` knows all letters, whatever the locale of the server. */
const SEARCH = `to_tsvector('simple', lower(todo.title || ' ' || coalesce(todo.description, '')))`;

/** Todos in the database. Every query is limited to one user. */
@Injectable()
export class TodosRepository {
  constructor(@InjectRepository(Todo) private readonly todos: Repository<Todo>) {}

  async findById(userId: string, id: string): Promise<Todo | null> {
    return this.todos.findOneBy({ id, userId });
  }

  /** Newest first. */
  async list(userId: string, { limit, after, completed, words = [] }: TodoFilter): Promise<Todo[]> {
    const query = this.todos.createQueryBuilder('todo').where('todo.userId = :userId', { userId });
    if (after !== undefined) query.andWhere('todo.id < :after', { after });
    if (completed !== undefined) query.andWhere(`todo.completedAt IS ${completed ? 'NOT ' : ''}NULL`);
    if (words.length > 0) {
      const expression = words.map((word) => `${word.toLowerCase()}:*`).join(' & ');
      query.andWhere(`${SEARCH} @@ to_tsquery('simple', :expression)`, { expression });
    }
    return query.orderBy('todo.id', 'DESC').limit(limit).getMany();
  }

  async insert(userId: string, { completed, ...values }: TodoValues): Promise<Todo> {
    const todo = this.todos.create({
      ...values,
      id: uuidV7(),
      userId,
      completedAt: completed ? new Date() : null,
    });
    await this.todos.insert(todo);
    return todo;
  }

  /** Changes the given fields only. Resolves with null where the user has no such todo. */
  async update(
    userId: string,
    id: string,
    { completed, ...values }: Partial<TodoValues>,
  ): Promise<Todo | null> {
    const result = await this.todos
      .createQueryBuilder()
      .update()
      .set({
        ...values,
        // Completing what is completed keeps its time.
        ...(completed !== undefined && {
          completedAt: completed ? () => 'coalesce(completed_at, now())' : null,
        }),
        version: () => 'version + 1',
        updatedAt: () => 'now()',
      })
      .where({ id, userId })
      .returning('*')
      .execute();
    const [row] = result.raw as Record<string, unknown>[];
    return row ? this.hydrate(row) : null;
  }

  /** Whether there was such a todo. */
  async remove(userId: string, id: string): Promise<boolean> {
    const { affected } = await this.todos.delete({ id, userId });
    return affected === 1;
  }

  private hydrate(row: Record<string, unknown>): Todo {
    const todo = this.todos.create();
    for (const column of this.todos.metadata.columns) column.setEntityValue(todo, row[column.databaseName]);
    return todo;
  }
}
