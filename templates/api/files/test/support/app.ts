import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { appOptions, configure, listen } from '../../src/app';
import { AppModule } from '../../src/app.module';
import { createAdapter } from '../../src/common/http/adapter';
import { IdentityResolver } from '../../src/common/identity/identity';
import { DatabaseConnection } from '../../src/database/database-connection';
import { ManagementServer } from '../../src/health/management-server';
import { createDatabase } from './database';
import { asApp } from './server';

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly managementUrl: string;
  /** For the owner of the database; the service itself may do less. */
  readonly databaseUrl: string;
  readonly close: () => Promise<void>;
}

/** Boots the real application on a database of its own, both listeners included. */
export async function startApp(
  environment: Readonly<Record<string, string>> = {},
  identityResolver?: Type<IdentityResolver>,
): Promise<TestApp> {
  const databaseUrl = environment.DATABASE_URL ?? (await createDatabase());
  Object.assign(process.env, {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    MANAGEMENT_PORT: '0',
    LOG_LEVEL: 'silent',
    RATE_LIMIT_REQUESTS: '0',
    TRUSTED_PROXIES: '0',
    ...environment,
    DATABASE_URL: asApp(databaseUrl),
  });
  const builder = Test.createTestingModule({ imports: [AppModule] });
  if (identityResolver) builder.overrideProvider(IdentityResolver).useClass(identityResolver);
  const module = await builder.compile();
  const app = await configure(
    module.createNestApplication<NestFastifyApplication>(createAdapter(), appOptions()),
  );
  const urls = await listen(app);
  await app.get(DatabaseConnection).whenEstablished();
  const close = async () => {
    await app.close();
    await app.get(ManagementServer).close();
  };
  return { app, ...urls, databaseUrl, close };
}
