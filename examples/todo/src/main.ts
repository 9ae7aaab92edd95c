import type { Logger } from 'pino';
import { createApp, listen } from './app';
import { EnvironmentError } from './config/environment';
import { createLogger, LOGGER } from './observability/logger';
import { stopOnSignals } from './shutdown';

async function main(): Promise<void> {
  const app = await createApp();
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
