import { defineEnvironment } from '../../config/environment';
import { integer, withDefault } from '../../config/variables';

/**
 * How much may pile up before new requests are refused; 0 switches a bound off. What waits for a connection is about
 * three times the pool: more would not get one in time where queries are slow.
 */
export const overloadEnvironment = defineEnvironment('Overload', {
  OVERLOAD_EVENT_LOOP_DELAY_MS: withDefault(
    integer(0, 60_000),
    250,
    'how late the event loop may be on average before requests are refused; 0 switches it off',
  ),
  OVERLOAD_POOL_WAITING: withDefault(
    integer(0, 100_000),
    30,
    'how many requests may wait for a connection before others are refused; 0 switches it off',
  ),
});
