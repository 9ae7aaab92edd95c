import { HttpStatus, Injectable } from '@nestjs/common';
import { ProblemException } from '../common/problem/problem';
import { decodeCursor, encodeCursor } from './cursor';
import type { CreateTodoDto } from './dto/create-todo.dto';
import type { ListTodosQueryDto } from './dto/list-todos.query.dto';
import type { UpdateTodoDto } from './dto/update-todo.dto';
import type { Todo } from './todo.entity';
import { TodosRepository } from './todos.repository';

export interface TodoPage {
  readonly items: readonly Todo[];
  readonly nextCursor: string | null;
}

/** What a user can do with their todos. */
@Injectable()
export class TodosService {
  constructor(private readonly todos: TodosRepository) {}

  async create(userId: string, { title, description, dueAt, completed }: CreateTodoDto): Promise<Todo> {
    return this.todos.insert(userId, {
      title,
      description: description ?? null,
      dueAt: dueAt ? new Date(dueAt) : null,
      completed: completed ?? false,
    });
  }

  /** @throws ProblemException 400 where the cursor is not one of ours. */
  async list(userId: string, { limit, cursor, completed, q }: ListTodosQueryDto): Promise<TodoPage> {
    const words = q?.match(/[\p{L}\p{M}\p{N}]+/gu);
    // A search for nothing but punctuation finds nothing.
    if (q !== undefined && !words) return { items: [], nextCursor: null };
    const found = await this.todos.list(userId, {
      // One more than asked for tells whether there is another page.
      limit: limit + 1,
      ...(cursor !== undefined && { after: decodeCursor(cursor) }),
      ...(completed !== undefined && { completed }),
      ...(words && { words }),
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? encodeCursor(last.id) : null };
  }

  /** @throws ProblemException 404 where the user has no such todo. */
  async get(userId: string, id: string): Promise<Todo> {
    return found(await this.todos.findById(userId, id));
  }

  /** @throws ProblemException 404 where the user has no such todo. */
  async update(userId: string, id: string, { dueAt, ...changes }: UpdateTodoDto): Promise<Todo> {
    if (Object.keys(changes).length === 0 && dueAt === undefined) return this.get(userId, id);
    const due = dueAt === undefined ? {} : { dueAt: dueAt === null ? null : new Date(dueAt) };
    return found(await this.todos.update(userId, id, { ...changes, ...due }));
  }

  /** @throws ProblemException 404 where the user has no such todo. */
  async remove(userId: string, id: string): Promise<void> {
    if (!(await this.todos.remove(userId, id))) throw notFound();
  }
}

function found(todo: Todo | null): Todo {
  if (!todo) throw notFound();
  return todo;
}

function notFound(): ProblemException {
  return new ProblemException(HttpStatus.NOT_FOUND, 'There is no such todo.');
}
