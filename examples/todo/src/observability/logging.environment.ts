import { defineEnvironment } from '../config/environment';
import { oneOf, withDefault } from '../config/variables';

export const loggingEnvironment = defineEnvironment('Logs', {
  LOG_LEVEL: withDefault(
    oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    'info',
    'fatal, error, warn, info, debug, trace or silent',
  ),
});
