import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Todo } from '../todos/todo.entity';
import { type CreatedTodo, type TodoFilter, TodosRepository } from '../todos/todos.repository';
import { fingerprint } from './key-space';
import { redisEnvironment } from './redis.environment';
import { UserCache } from './user-cache';

type Arguments<Method extends 'insert' | 'update' | 'remove'> = Parameters<TodosRepository[Method]>;

/**
 * Todos read through the cache. Writes go to the database, which alone decides on versions and ownership; after
 * each of them the user's cached todos and lists count no more.
 */
@Injectable()
export class CachedTodosRepository extends TodosRepository {
  private readonly environment = redisEnvironment.read();
  private columns: string | undefined;

  constructor(
    @InjectRepository(Todo) private readonly entities: Repository<Todo>,
    private readonly cache: UserCache,
  ) {
    super(entities);
  }

  override async findById(userId: string, id: string): Promise<Todo | null> {
    return this.cache.read({
      operation: 'get',
      userId,
      name: `todo:${id}:${this.shape}`,
      ttlSeconds: this.environment.CACHE_TODO_TTL_SECONDS,
      load: async () => super.findById(userId, id),
      revive: (json) => this.revive(json),
    });
  }

  override async list(userId: string, filter: TodoFilter): Promise<Todo[]> {
    const load = async () => super.list(userId, filter);
    const name = nameOfList(filter);
    if (name === undefined) return load();
    const todos = await this.cache.read({
      operation: 'list',
      userId,
      name: `${name}:${this.shape}`,
      ttlSeconds: this.environment.CACHE_LIST_TTL_SECONDS,
      load,
      revive: (json) => (json as unknown[]).map((item) => this.revive(item)),
    });
    return todos ?? [];
  }

  override async insert(...args: Arguments<'insert'>): Promise<CreatedTodo> {
    return this.writing(args[0], super.insert(...args));
  }

  override async update(...args: Arguments<'update'>): Promise<Todo | null> {
    return this.writing(args[0], super.update(...args));
  }

  override async remove(...args: Arguments<'remove'>): Promise<boolean> {
    return this.writing(args[0], super.remove(...args));
  }

  /** Releases with other columns don't read each other's values. Known when the database is connected. */
  private get shape(): string {
    return (this.columns ??= fingerprint(
      this.entities.metadata.columns
        .map(({ propertyName, type }) => `${propertyName} ${String(type)}`)
        .join(),
    ));
  }

  /** A write that failed may have happened all the same: a lost connection does not tell. */
  private async writing<T>(userId: string, write: Promise<T>): Promise<T> {
    try {
      return await write;
    } finally {
      await this.cache.invalidate(userId);
    }
  }
}

/**
 * The first page is what is read most; other pages and searches would fill the cache with what nobody asks for
 * again. A filter that is not known here is not cached either.
 */
function nameOfList({ limit, completed, ...others }: TodoFilter): string | undefined {
  if (Object.keys(others).length > 0) return undefined;
  return `list:${limit}:${completed ?? 'all'}`;
}
