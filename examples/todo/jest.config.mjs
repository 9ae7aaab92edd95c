/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  transform: { '\\.ts$': 'ts-jest' },
  roots: ['src', 'scripts', 'test'],
  testRegex: String.raw`\.spec\.ts$`,
  setupFiles: ['reflect-metadata'],
  collectCoverageFrom: ['src/**/*.ts', '!**/*.spec.ts'],
};
