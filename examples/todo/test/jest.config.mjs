/** @type {import('jest').Config} */
export default {
  rootDir: '..',
  testEnvironment: 'node',
  transform: { '\\.ts$': 'ts-jest' },
  roots: ['test'],
  testRegex: String.raw`\.e2e-spec\.ts$`,
  setupFiles: ['reflect-metadata'],
  setupFilesAfterEnv: ['<rootDir>/test/support/leave-nothing.ts'],
  randomize: true,
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testTimeout: 60_000,
  // The tests wait for processes and for the database more than they compute.
  maxWorkers: '100%',
  reporters: ['default', ['jest-junit', { outputDirectory: 'reports', outputName: 'e2e.xml' }]],
  // Only what runs in the process of the tests can be counted: start, shutdown, migrator and what they use, malformed
  // HTTP and the making of openapi.json are tested as processes of their own; .env.example has a unit test.
  collectCoverageFrom: [
    'src/**/*.ts',
    '!**/*.spec.ts',
    '!src/{main,shutdown,env-example}.ts',
    '!src/database/{migrate,migrator,app-role,backfill-migration,concurrent-index,forward-only,cancel-query}.ts',
    '!src/database/migrations/**',
    '!src/common/openapi/**',
    '!src/common/http/protocol-errors.ts',
  ],
  coverageDirectory: 'coverage/e2e',
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: { global: { statements: 87, branches: 66, functions: 83, lines: 89 } },
};
