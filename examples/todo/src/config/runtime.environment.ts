import { defineEnvironment } from './environment';
import { oneOf, optional, text, withDefault } from './variables';

/** Where this process runs and what it was built from. */
export const runtimeEnvironment = defineEnvironment('Process', {
  NODE_ENV: withDefault(
    oneOf(['development', 'test', 'production']),
    'development',
    'development, test or production',
  ),
  ENVIRONMENT: optional(text(), 'the name in logs and metrics, e.g. staging; without it NODE_ENV', 'staging'),
  BUILD_COMMIT: withDefault(text(), 'unknown', 'the commit that is running; the image sets it'),
  BUILD_TIME: withDefault(text(), 'unknown', 'when it was built; the image sets it'),
});

/** Whether this process serves users, as opposed to developers and tests. */
export function isProduction(): boolean {
  return runtimeEnvironment.read().NODE_ENV === 'production';
}

/** The name of the environment in logs and metrics: `ENVIRONMENT`, else `NODE_ENV`. */
export function environmentName(): string {
  const { ENVIRONMENT, NODE_ENV } = runtimeEnvironment.read();
  return ENVIRONMENT ?? NODE_ENV;
}
