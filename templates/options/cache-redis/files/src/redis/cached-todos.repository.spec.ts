import { TodosRepository } from '../todos/todos.repository';
import { CachedTodosRepository } from './cached-todos.repository';

describe('CachedTodosRepository', () => {
  it('knows every method of the repository: a write that passes it by would leave old values in the cache', () => {
    const internal = ['constructor', 'revive', 'insertWith'];
    const methods = Object.getOwnPropertyNames(TodosRepository.prototype).filter(
      (name) => !internal.includes(name),
    );
    expect(Object.getOwnPropertyNames(CachedTodosRepository.prototype)).toEqual(
      expect.arrayContaining(methods),
    );
  });
});
