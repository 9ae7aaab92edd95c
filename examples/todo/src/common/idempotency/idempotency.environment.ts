import { defineEnvironment } from '../../config/environment';
import { integer, withDefault } from '../../config/variables';

/** How long a request counts as the repetition of one with the same key, and how often older keys are removed. */
export const idempotencyEnvironment = defineEnvironment('Idempotency', {
  IDEMPOTENCY_TTL_HOURS: withDefault(integer(1, 720), 24, 'how long an Idempotency-Key is remembered'),
  IDEMPOTENCY_PURGE_SECONDS: withDefault(
    integer(1, 86_400),
    600,
    'how often each instance removes those that are older',
  ),
});
