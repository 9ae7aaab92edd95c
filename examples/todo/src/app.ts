import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { createAdapter } from './common/http/adapter';
import { httpEnvironment } from './common/http/http.environment';
import { checkEnvironment } from './config/environment';
import { isProduction } from './config/runtime.environment';
import { DatabaseConnection } from './database/database-connection';
import { ManagementServer } from './health/management-server';
import { Readiness } from './health/readiness';
import { BootstrapLogger } from './observability/bootstrap-logger';
import { createLogger } from './observability/logger';
import { setupDocumentation } from './openapi';
import { setupPipeline } from './pipeline';

/** How NestJS itself is set up. */
export function appOptions(): NestApplicationOptions {
  return { logger: new BootstrapLogger(createLogger()), bodyParser: false, abortOnError: false };
}

/**
 * Builds the application as it runs in production, ready to listen.
 *
 * @throws EnvironmentError with every problem of the environment, before anything is started.
 */
export async function createApp(): Promise<NestFastifyApplication> {
  checkEnvironment();
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, createAdapter(), appOptions());
  return configure(app);
}

/** Sets up what is outside of the modules. */
export async function configure(app: NestFastifyApplication): Promise<NestFastifyApplication> {
  await setupPipeline(app);
  if (!isProduction()) setupDocumentation(app);
  await app.init();
  app.useLogger(app.get(Logger));
  return app;
}

/** Opens both listeners: the instance is started when the database has answered, too. Resolves with their URLs. */
export async function listen(app: NestFastifyApplication): Promise<{ url: string; managementUrl: string }> {
  const { PORT, MANAGEMENT_PORT, HOST } = httpEnvironment.read();
  const host = HOST ?? (isProduction() ? '0.0.0.0' : '127.0.0.1');
  const managementPort = await app.get(ManagementServer).listen(MANAGEMENT_PORT, host);
  await app.listen(PORT, host);
  void app
    .get(DatabaseConnection)
    .whenEstablished()
    .then(() => {
      app.get(Readiness).markStarted();
    });
  const url = await app.getUrl();
  return { url, managementUrl: url.replace(/\d+$/, String(managementPort)) };
}
