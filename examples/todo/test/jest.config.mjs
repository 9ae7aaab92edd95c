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
  reporters: ['default', ['jest-junit', { outputDirectory: 'reports', outputName: 'e2e.xml' }]],
  collectCoverageFrom: ['src/**/*.ts', '!**/*.spec.ts'],
  coverageDirectory: 'coverage/e2e',
  coverageReporters: ['text-summary', 'lcov'],
  // Only what runs in the process of the tests counts: start and shutdown are tested as processes of their own.
  coverageThreshold: { global: { statements: 86, branches: 62, functions: 80, lines: 88 } },
};
