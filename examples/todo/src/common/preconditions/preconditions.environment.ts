import { defineEnvironment } from '../../config/environment';
import { flag, withDefault } from '../../config/variables';

/** Whether a change must say which version it is meant for. */
export const preconditionsEnvironment = defineEnvironment('Preconditions', {
  REQUIRE_IF_MATCH: withDefault(flag(), 'false', 'whether changes must carry If-Match'),
});
