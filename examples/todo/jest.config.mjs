/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  transform: { '\\.ts$': 'ts-jest' },
  roots: ['src', 'scripts', 'test'],
  testRegex: String.raw`\.spec\.ts$`,
  setupFiles: ['reflect-metadata'],
  randomize: true,
  reporters: ['default', ['jest-junit', { outputDirectory: 'reports', outputName: 'unit.xml' }]],
  collectCoverageFrom: ['src/**/*.ts', '!**/*.spec.ts'],
  coverageDirectory: 'coverage/unit',
  coverageReporters: ['text-summary', 'lcov'],
  // What only makes sense with a database or a listener is covered end to end.
  coverageThreshold: { global: { statements: 53, branches: 39, functions: 30, lines: 53 } },
};
