/** Everything a project has in common: TypeScript as ES modules, resolved as it is written. */
const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
    '/dist/[^/]+\\.js$': '<rootDir>/test/support/built.mjs',
  },
  moduleNameMapper: {
    '^create-prod-forge/feature$': '<rootDir>/packages/create-prod-forge/src/engine/feature.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/packages/[^/]+/dist/'],
};

/** Tests that say in their name where they can run, and this is not there. */
const elsewhere = [
  ...(process.platform === 'linux' ? [] : ['\\.linux\\.test\\.ts$']),
  ...(process.platform === 'win32' ? ['\\.posix\\.test\\.ts$'] : []),
];

/** @type {import('jest').Config} */
export default {
  // Only ends what hangs: some tests install, build and verify whole projects, on two busy cores too.
  testTimeout: 1_200_000,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  projects: [
    {
      ...common,
      displayName: 'unit',
      roots: ['<rootDir>/packages'],
      testMatch: ['<rootDir>/packages/*/src/**/*.test.ts'],
    },
    {
      ...common,
      displayName: 'cli',
      roots: ['<rootDir>/test'],
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/generated/', ...elsewhere],
    },
    {
      ...common,
      displayName: 'generated',
      roots: ['<rootDir>/test'],
      testMatch: ['<rootDir>/test/generated/**/*.test.ts'],
      globalSetup: '<rootDir>/test/generated/support/set-up.ts',
    },
  ],
};
