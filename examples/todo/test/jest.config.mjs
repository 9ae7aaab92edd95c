/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  transform: { '\\.ts$': 'ts-jest' },
  testRegex: String.raw`\.e2e-spec\.ts$`,
  setupFiles: ['reflect-metadata'],
  globalSetup: './support/global-setup.mjs',
  globalTeardown: './support/global-teardown.mjs',
  testTimeout: 60_000,
};
