import { defineEnvironment } from '../config/environment';
import { oneOf, withDefault } from '../config/variables';

export const loggingEnvironment = defineEnvironment({
  LOG_LEVEL: withDefault(oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info'),
});
