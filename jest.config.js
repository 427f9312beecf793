/** One transform, real ES modules, no mocks, no globals. */
export default {
  testEnvironment: '<rootDir>/__tests__/support/witness/environment.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } }],
  },
  moduleNameMapper: { 'workflow-v1\\.0\\.min\\.json$': '<rootDir>/__tests__/support/workflow-schema.ts' },
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/build', '<rootDir>/dist'],
  // `npm run test:full` runs these too.
  testPathIgnorePatterns: process.env.FULL === undefined ? ['<rootDir>/__tests__/full/'] : [],
  testTimeout: 60_000,
  testSequencer: '<rootDir>/scripts/longest-first.mjs',
  // Most of them wait for the emulated clock.
  maxWorkers: 3,
  collectCoverageFrom: ['src/core/**/*.ts'],
  coverageThreshold: { 'src/core/': { branches: 100 } },
  reporters: ['default', '<rootDir>/scripts/exchanges.mjs', '<rootDir>/scripts/closing-line.mjs'],
}
