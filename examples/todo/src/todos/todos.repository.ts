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
  /** Only todos in whose title or description each word of this text begins a word. */
  readonly search?: string;
}

/** Each column under the name of its property: rows are todos as they come, and nothing has to make them so. */
const COLUMNS = `id, user_id AS "userId", title, description, due_at AS "dueAt", completed_at AS "completedAt", version,
  created_at AS "createdAt", updated_at AS "updatedAt"`;
/** The expression of the search's index. What a word is, is for the database alone to say: it splits searches, too. */
const SEARCH = `array_to_tsvector(search_words(title || ' ' || coalesce(description, '')))`;

/** Todos in the database. Every query is limited to one user. */
@Injectable()
export class TodosRepository {
  constructor(@InjectRepository(Todo) private readonly todos: Repository<Todo>) {}

  async findById(userId: string, id: string): Promise<Todo | null> {
    const [todo] = await this.todos.query<Todo[]>(
      `SELECT ${COLUMNS} FROM todos WHERE id = $1 AND user_id = $2`,
      [id, userId],
    );
    return todo ?? null;
  }

  /** Newest first. */
  async list(userId: string, { limit, after, completed, search }: TodoFilter): Promise<Todo[]> {
    const values: unknown[] = [];
    const parameter = (value: unknown) => `$${values.push(value)}`;
    const conditions = [`user_id = ${parameter(userId)}`];
    if (after !== undefined) conditions.push(`id < ${parameter(after)}`);
    if (completed !== undefined) conditions.push(`completed_at IS ${completed ? 'NOT ' : ''}NULL`);
    if (search !== undefined) conditions.push(`${SEARCH} @@ search_query(${parameter(search)})`);
    return this.todos.query<Todo[]>(
      `SELECT ${COLUMNS} FROM todos WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ${parameter(limit)}`,
      values,
    );
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
      .returning(COLUMNS)
      .execute();
    const [todo] = result.raw as Todo[];
    return todo ?? null;
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
      .returning(COLUMNS)
      .execute();
    const [todo] = result.raw as [Todo];
    return todo;
  }
}
