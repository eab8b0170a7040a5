import { defineConfig, globalIgnores } from 'eslint/config';
import { lintOfGraphql } from './scripts/lint/graphqlRules.js';

/** Of GraphQL alone: `.oxlintrc.json` is for all else, and an order of magnitude faster. */
export default defineConfig(
  globalIgnores(['**/*.{js,mjs,cjs}', '**/dist/', '.cache/', 'coverage/', 'var/']),
  ...lintOfGraphql,
);
