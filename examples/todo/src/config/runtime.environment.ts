import { defineEnvironment } from './environment';
import { oneOf, optional, text, withDefault } from './variables';

/** Where this process runs and what it was built from. */
export const runtimeEnvironment = defineEnvironment({
  NODE_ENV: withDefault(oneOf(['development', 'test', 'production']), 'development'),
  ENVIRONMENT: optional(text()),
  BUILD_COMMIT: withDefault(text(), 'unknown'),
  BUILD_TIME: withDefault(text(), 'unknown'),
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
