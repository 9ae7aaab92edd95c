import { IdempotencyKey } from '../common/idempotency/idempotency-key.entity';
import { Todo } from '../todos/todo.entity';

/** Every entity of the service. */
export const entities = [Todo, IdempotencyKey];
