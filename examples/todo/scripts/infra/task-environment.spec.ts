import '../../src/app';
import { checkEnvironment, declaredEnvironments } from '../../src/config/environment';
import { dataSourceOptions, migrationDataSourceOptions } from '../../src/database/data-source-options';
import { taskEnvironments } from './task-environment.mjs';

interface Parts {
  readonly checkEnvironment: typeof checkEnvironment;
  readonly declaredEnvironments: typeof declaredEnvironments;
}

const VALUES = {
  'var.database.endpoint': 'todo-staging.abc.eu-central-1.rds.amazonaws.com',
  'var.database.port': '5432',
  'var.database.name': 'todo',
  'var.database.app_user': 'todo_app',
  'var.database.master_username': 'todo_owner',
  'var.database.master_secret_arn:password': 'made by RDS',
  'data.aws_region.current.region': 'eu-central-1',
  'var.container_port': '3000',
  'var.management_port': '9000',
  'var.drain_ms': '5000',
  'var.shutdown_ms': '25000',
  'var.pool_size': '10',
};
/** What the module `environment` adds to both. */
const ENVIRONMENT = { ENVIRONMENT: 'staging', ALLOW_ANONYMOUS: 'true' };

const original = process.env;

describe('the variables that Terraform gives to the tasks', () => {
  afterEach(() => {
    process.env = original;
  });

  it.each(['service', 'migration'] as const)('are all known to the code: %s', async (task) => {
    const known = new Set(declaredEnvironments().flatMap(({ shape }) => Object.keys(shape)));
    const names = Object.keys((await taskEnvironments(VALUES))[task]);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    expect(names).toContain('DATABASE_HOST');
  });

  it('are accepted by the service as a whole', async () => {
    process.env = { ...(await taskEnvironments(VALUES)).service, ...ENVIRONMENT };
    expect(() => {
      checkEnvironment();
    }).not.toThrow();
  });

  it('are accepted by the migrator as a whole, which has fewer parts', async () => {
    process.env = { ...(await taskEnvironments(VALUES)).migration, ...ENVIRONMENT };
    jest.isolateModules(() => {
      jest.requireActual('../../src/database/data-source-options');
      jest.requireActual('../../src/observability/logger');
      const parts = jest.requireActual<Parts>('../../src/config/environment');
      expect(parts.declaredEnvironments().length).toBeLessThan(declaredEnvironments().length);
      expect(() => {
        parts.checkEnvironment();
      }).not.toThrow();
    });
  });

  it('let the service log in as its role with tokens, and believe RDS alone', async () => {
    process.env = { ...(await taskEnvironments(VALUES)).service, ...ENVIRONMENT };
    expect(dataSourceOptions()).toMatchObject({
      host: VALUES['var.database.endpoint'],
      port: 5432,
      database: 'todo',
      username: 'todo_app',
      password: expect.any(Function) as unknown,
      ssl: {
        rejectUnauthorized: true,
        ca: expect.arrayContaining([expect.stringContaining('BEGIN')]) as unknown,
      },
    });
  });

  it('let the migration log in as the owner with the password of RDS', async () => {
    process.env = { ...(await taskEnvironments(VALUES)).migration, ...ENVIRONMENT };
    expect(migrationDataSourceOptions()).toMatchObject({
      host: VALUES['var.database.endpoint'],
      username: 'todo_owner',
      password: 'made by RDS',
      ssl: { rejectUnauthorized: true, ca: expect.any(Array) as unknown },
    });
  });
});
