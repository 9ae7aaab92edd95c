import { defineEnvironment } from '../../config/environment';
import { integer, withDefault } from '../../config/variables';

/** How long a request counts as the repetition of one with the same key. */
export const idempotencyEnvironment = defineEnvironment({
  IDEMPOTENCY_TTL_HOURS: withDefault(integer(1, 720), 24),
});
