/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  transform: { '\\.ts$': 'ts-jest' },
  testRegex: String.raw`\.spec\.ts$`,
  // Earlier releases of the service are put there, with their tests.
  modulePathIgnorePatterns: ['<rootDir>/\\.data/'],
  setupFiles: ['reflect-metadata'],
  randomize: true,
  reporters: ['default', ['jest-junit', { outputDirectory: 'reports', outputName: 'unit.xml' }]],
  collectCoverageFrom: ['src/**/*.ts', '!**/*.spec.ts'],
  coverageDirectory: 'coverage/unit',
  coverageReporters: ['text-summary', 'lcov'],
  // What only makes sense with a database or a listener is covered end to end.
  coverageThreshold: { global: { statements: 53, branches: 39, functions: 30, lines: 53 } },
};
