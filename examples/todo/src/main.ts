import type { Logger } from 'pino';
import { createApp, listen } from './app';
import { EnvironmentError } from './config/environment';
import { createLogger, LOGGER } from './observability/logger';
import { stopOnSignals } from './shutdown';

async function main(): Promise<void> {
  // Until the application is there, nothing is served: there is nothing to drain.
  const exit = () => process.exit(0);
  process.once('SIGTERM', exit).once('SIGINT', exit);
  const app = await createApp();
  process.off('SIGTERM', exit).off('SIGINT', exit);
  stopOnSignals(app);
  const { url, managementUrl } = await listen(app);
  app.get<Logger>(LOGGER).info({ url, management_url: managementUrl }, 'listening');
}

function fail(error: unknown): never {
  if (error instanceof EnvironmentError) process.stderr.write(`${error.message}\n`);
  else createLogger().fatal({ err: error }, 'the service failed');
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
main().catch(fail);
