import { CreateTodos1760000000000 } from './1760000000000-create-todos';
import { CreateIdempotencyKeys1760100000000 } from './1760100000000-create-idempotency-keys';

/** Every migration, oldest first. The order and the names never change once they are merged. */
export const migrations = [CreateTodos1760000000000, CreateIdempotencyKeys1760100000000];
