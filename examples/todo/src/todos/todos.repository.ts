import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, Repository } from 'typeorm';
import { type IdempotentRequest, once } from '../common/idempotency/once';
import type { AcceptedVersions } from '../common/preconditions/if-match.decorator';
import { uuidV7 } from '../common/uuid-v7';
import { Todo } from './todo.entity';

/** The fields that a user sets. */
export interface TodoValues {
  readonly title: string;
  readonly description: string | null;
  readonly dueAt: Date | null;
  readonly completed: boolean;
}

export interface CreatedTodo {
  readonly todo: Todo;
  /** Whether an earlier request with the same key created it. */
  readonly replayed: boolean;
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

  /** Creates a todo, with `request` once however often that comes: it then gets what the first one got. */
  async insert(userId: string, values: TodoValues, request?: IdempotentRequest): Promise<CreatedTodo> {
    const { manager } = this.todos;
    if (!request) return { todo: await this.insertWith(manager, userId, values), replayed: false };
    const { replayed, result } = await once(manager, request, async (transaction) =>
      this.insertWith(transaction, userId, values),
    );
    return { replayed, todo: replayed ? this.revive(result) : result };
  }

  /**
   * Changes the given fields only. Resolves with null where the user has no such todo, or none of an accepted
   * version.
   */
  async update(
    userId: string,
    id: string,
    { completed, ...values }: Partial<TodoValues>,
    versions?: AcceptedVersions,
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
      .where({ id, userId, ...(versions && { version: In([...versions]) }) })
      .returning('*')
      .execute();
    const [row] = result.raw as Record<string, unknown>[];
    return row ? this.hydrate(row) : null;
  }

  /** Whether there was such a todo, of an accepted version. */
  async remove(userId: string, id: string, versions?: AcceptedVersions): Promise<boolean> {
    const { affected } = await this.todos.delete({
      id,
      userId,
      ...(versions && { version: In([...versions]) }),
    });
    return affected === 1;
  }

  /** A todo that went through JSON. */
  protected revive(json: unknown): Todo {
    const stored = json as Readonly<Record<string, unknown>>;
    const todo = this.todos.create();
    for (const column of this.todos.metadata.columns) {
      const value = stored[column.propertyName];
      const isMoment = column.type === 'timestamptz' && typeof value === 'string';
      column.setEntityValue(todo, isMoment ? new Date(value) : value);
    }
    return todo;
  }

  private async insertWith(
    manager: EntityManager,
    userId: string,
    { completed, ...values }: TodoValues,
  ): Promise<Todo> {
    const result = await manager
      .createQueryBuilder()
      .insert()
      .into(Todo)
      // All times are those of the database: the clocks of instances differ.
      .values({ ...values, id: uuidV7(), userId, completedAt: completed ? () => 'now()' : null })
      .returning('*')
      .execute();
    const [row] = result.raw as [Record<string, unknown>];
    return this.hydrate(row);
  }

  private hydrate(row: Record<string, unknown>): Todo {
    const todo = this.todos.create();
    for (const column of this.todos.metadata.columns) column.setEntityValue(todo, row[column.databaseName]);
    return todo;
  }
}
