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
  coverageThreshold: { global: { statements: 50, branches: 38, functions: 24, lines: 50 } },
};
