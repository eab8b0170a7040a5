import { join } from 'node:path';

const compiled = (plugins = []) => ({
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: {
      legacyDecorator: true,
      useDefineForClassFields: false,
      react: { runtime: 'automatic' },
    },
    experimental: { plugins, cacheRoot: join(import.meta.dirname, '.cache/swc') },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
});

/** As the portal's build has them. */
const TEXT_MACROS = {
  useLinguiV5IdGeneration: true,
  runtimeModules: { Trans: [join(import.meta.dirname, 'client/src/texts/Trans.tsx'), 'Trans'] },
};

/** One Jest set-up for every workspace: ESM, sources compiled by SWC, workspaces resolved to their sources. */
export default {
  rootDir: '.',
  testMatch: [
    '<rootDir>/{runtime,schema,engine,model,formats,testing,server,trainer,seeds,client,sdk,scripts}/**/*.test.ts?(x)',
  ],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    // The portal's texts are macros.
    '/client/.*\\.tsx?$': ['@swc/jest', compiled([['@lingui/swc-plugin', TEXT_MACROS]])],
    '\\.tsx?$': ['@swc/jest', compiled()],
  },
  moduleNameMapper: {
    '\\.css$': '<rootDir>/scripts/test/emptyStyles.js',
    // Under CI, where everything has just been built, the trainer's processes run what is built: they start in a third of the time.
    ...((process.env.CI ?? process.env.TEST_BUILT) !== undefined && {
      '/processes/runnableModule\\.ts$': '<rootDir>/trainer/dist/processes/runnableModule.js',
    }),
  },
  testEnvironmentOptions: { customExportConditions: ['@pocketrocket/source', 'node', 'node-addons'] },
  globalSetup: '<rootDir>/scripts/test/temporaryFolder.js',
  globalTeardown: '<rootDir>/scripts/test/removeTemporaryFolder.js',
  testSequencer: '<rootDir>/scripts/test/longestFirst.js',
  testEnvironment: '<rootDir>/scripts/test/plainEnvironment.js',
  testTimeout: 90_000,
  maxWorkers: 2,
  // Modules of suites that are over stay in a worker's heap: at four gigabytes suites took half as long again.
  workerIdleMemoryLimit: '1GB',
  reporters: ['default', '<rootDir>/scripts/test/closingLine.js'],
};
