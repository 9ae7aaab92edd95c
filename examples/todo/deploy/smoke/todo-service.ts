import { randomUUID } from 'node:crypto';

export interface TodoRequest {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface TodoAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
}

interface Todo {
  readonly id: string;
  readonly title: string;
  readonly completed: boolean;
  readonly version: number;
}

/** Answers about todos as the service does, as far as smoke tests ask; for their own tests, and without a database. */
export class TodoService {
  readonly todos = new Map<string, Todo>();
  private readonly created = new Map<string, TodoAnswer>();

  answer({ method, url, headers, body }: TodoRequest): TodoAnswer {
    const { pathname, searchParams } = new URL(url, 'http://service');
    const given = JSON.parse(body || '{}') as { readonly title?: string; readonly completed?: boolean };
    if (pathname === '/v1/todos')
      return method === 'POST'
        ? this.create(given.title ?? '', String(headers['idempotency-key'] ?? ''))
        : this.list(searchParams.get('q') ?? '');
    const todo = this.todos.get(pathname.slice('/v1/todos/'.length));
    if (!todo || !pathname.startsWith('/v1/todos/')) return problem(404);
    const ifMatch = headers['if-match'] ?? '*';
    if (method !== 'GET' && ifMatch !== '*' && ifMatch !== tagOf(todo)) return problem(412);
    if (method === 'GET') return found(200, todo);
    if (method === 'PATCH') return this.keep(200, { ...todo, ...given, version: todo.version + 1 });
    this.todos.delete(todo.id);
    return { status: 204, headers: {} };
  }

  private create(title: string, key: string): TodoAnswer {
    const before = this.created.get(key);
    if (before) return before;
    if (title.trim() === '') return problem(422);
    const answer = this.keep(201, { id: randomUUID(), title, completed: false, version: 1 });
    if (key !== '') this.created.set(key, answer);
    return answer;
  }

  private list(word: string): TodoAnswer {
    const items = [...this.todos.values()].filter(({ title }) => title.includes(word));
    return { status: 200, headers: { 'content-type': 'application/json' }, body: { items } };
  }

  private keep(status: number, todo: Todo): TodoAnswer {
    this.todos.set(todo.id, todo);
    return found(status, todo);
  }
}

function found(status: number, todo: Todo): TodoAnswer {
  return { status, headers: { 'content-type': 'application/json', etag: tagOf(todo) }, body: todo };
}

function problem(status: number): TodoAnswer {
  return { status, headers: { 'content-type': 'application/problem+json' }, body: { status } };
}

function tagOf({ version }: Todo): string {
  return `"${version}"`;
}
