import { HttpStatus, Injectable } from '@nestjs/common';
import { fingerprintOf } from '../common/idempotency/once';
import type { AcceptedVersions } from '../common/preconditions/if-match.decorator';
import { ProblemException } from '../common/problem/problem';
import { decodeCursor, encodeCursor } from './cursor';
import type { CreateTodoDto } from './dto/create-todo.dto';
import type { ListTodosQueryDto } from './dto/list-todos.query.dto';
import type { UpdateTodoDto } from './dto/update-todo.dto';
import type { Todo } from './todo.entity';
import { type CreatedTodo, TodosRepository } from './todos.repository';

export interface TodoPage {
  readonly items: readonly Todo[];
  readonly nextCursor: string | null;
}

/** What a user can do with their todos. */
@Injectable()
export class TodosService {
  constructor(private readonly todos: TodosRepository) {}

  /**
   * Creates a todo; repeated with the same key, it resolves with what the first call created.
   *
   * @throws ProblemException 409 where the first call is still running, 422 where the key is that of another todo.
   */
  async create(userId: string, body: CreateTodoDto, key?: string): Promise<CreatedTodo> {
    const { title, description, dueAt, completed } = body;
    const values = {
      title,
      description: description ?? null,
      dueAt: dueAt ? new Date(dueAt) : null,
      completed: completed ?? false,
    };
    if (key === undefined) return this.todos.insert(userId, values);
    return this.todos.insert(userId, values, {
      userId,
      key,
      fingerprint: fingerprintOf('todos.create', values),
    });
  }

  /** @throws ProblemException 400 where the cursor is not one of ours. */
  async list(userId: string, { limit, cursor, completed, q }: ListTodosQueryDto): Promise<TodoPage> {
    const found = await this.todos.list(userId, {
      // One more than asked for tells whether there is another page.
      limit: limit + 1,
      ...(cursor !== undefined && { after: decodeCursor(cursor) }),
      ...(completed !== undefined && { completed }),
      ...(q !== undefined && { search: q }),
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? encodeCursor(last.id) : null };
  }

  /** @throws ProblemException 404 where the user has no such todo. */
  async get(userId: string, id: string): Promise<Todo> {
    return found(await this.todos.findById(userId, id));
  }

  /** @throws ProblemException 404 where the user has no such todo, 412 where its version is not an accepted one. */
  async update(
    userId: string,
    id: string,
    { dueAt, ...changes }: UpdateTodoDto,
    versions?: AcceptedVersions,
  ): Promise<Todo> {
    if (Object.keys(changes).length === 0 && dueAt === undefined) {
      const todo = await this.get(userId, id);
      if (versions?.includes(todo.version) === false) throw outdated();
      return todo;
    }
    const due = dueAt === undefined ? {} : { dueAt: dueAt === null ? null : new Date(dueAt) };
    const todo = await this.todos.update(userId, id, { ...changes, ...due }, versions);
    return todo ?? this.refuse(userId, id);
  }

  /** @throws ProblemException 404 where the user has no such todo, 412 where its version is not an accepted one. */
  async remove(userId: string, id: string, versions?: AcceptedVersions): Promise<void> {
    if (!(await this.todos.remove(userId, id, versions))) await this.refuse(userId, id);
  }

  /** Says why a change found nothing. */
  private async refuse(userId: string, id: string): Promise<never> {
    throw (await this.todos.findById(userId, id)) ? outdated() : notFound();
  }
}

function found(todo: Todo | null): Todo {
  if (!todo) throw notFound();
  return todo;
}

function outdated(): ProblemException {
  return new ProblemException(
    HttpStatus.PRECONDITION_FAILED,
    'The todo has changed since that version. Read it again and decide anew.',
  );
}

function notFound(): ProblemException {
  return new ProblemException(HttpStatus.NOT_FOUND, 'There is no such todo.');
}
