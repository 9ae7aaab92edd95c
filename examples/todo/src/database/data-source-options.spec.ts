import { dataSourceOptions, migrationDataSourceOptions } from './data-source-options';

const original = process.env;

describe('data source options', () => {
  beforeEach(() => {
    process.env = {
      DATABASE_URL: 'postgres://app@db/todo',
      MIGRATION_DATABASE_URL: 'postgres://owner@db/todo',
    };
  });

  afterAll(() => {
    process.env = original;
  });

  it('never change a schema by themselves', () => {
    for (const options of [dataSourceOptions(), migrationDataSourceOptions()]) {
      expect(options).toMatchObject({
        synchronize: false,
        migrationsRun: false,
        migrationsTransactionMode: 'each',
        migrationsTableName: 'migrations',
      });
    }
  });

  it('limit what waits', () => {
    expect(dataSourceOptions()).toMatchObject({
      connectTimeoutMS: 2000,
      poolSize: 10,
      extra: {
        statement_timeout: 5000,
        lock_timeout: 2000,
        idle_in_transaction_session_timeout: 5000,
        query_timeout: 6000,
        idleTimeoutMillis: 30_000,
        maxLifetimeSeconds: 1800,
      },
    });
  });

  it('give the migrator its own role', () => {
    expect(dataSourceOptions()).toMatchObject({ url: 'postgres://app@db/todo' });
    expect(migrationDataSourceOptions()).toMatchObject({ url: 'postgres://owner@db/todo' });
  });

  it('take the parts where there is no URL', () => {
    process.env = { DATABASE_HOST: 'db', DATABASE_PASSWORD: 'x' };
    expect(dataSourceOptions()).toMatchObject({ host: 'db', port: 5432, password: 'x' });
  });

  it.each([
    ['development', undefined, false],
    ['production', undefined, { rejectUnauthorized: true }],
    ['development', 'verify', { rejectUnauthorized: true }],
    ['production', 'disable', false],
  ])('use TLS in %s with DATABASE_TLS=%s: %j', (environment, setting, ssl) => {
    process.env.NODE_ENV = environment;
    if (setting) process.env.DATABASE_TLS = setting;
    expect(dataSourceOptions().ssl).toEqual(ssl);
    expect(migrationDataSourceOptions().ssl).toEqual(ssl);
  });
});
