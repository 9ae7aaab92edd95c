import { defineEnvironment } from '../../config/environment';
import { integer, withDefault } from '../../config/variables';

/** How many requests a client may send within a window; 0 switches the limit off. */
export const rateLimitEnvironment = defineEnvironment('Rate limit', {
  RATE_LIMIT_REQUESTS: withDefault(
    integer(0, 1_000_000),
    600,
    'requests of a client per window; 0 switches the limit off',
  ),
  RATE_LIMIT_WINDOW_SECONDS: withDefault(integer(1, 3600), 60, 'the length of the window'),
});
