import { CreateTodos1760000000000 } from './1760000000000-create-todos';

/** Every migration, oldest first. The order and the names never change once they are merged. */
export const migrations = [CreateTodos1760000000000];
