import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { docOpeners } from './scripts/lint/docOpeners.js';
import { lintOfGraphql } from './scripts/lint/graphqlRules.js';
import { importArrows } from './scripts/lint/importArrows.js';

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      'coverage/',
      'var/',
      '.cache/',
      'client/src/gql/',
      'sdk/src/generated/',
    ],
  },
  {
    files: ['**/*.{js,mjs,cjs,ts,tsx}'],
    extends: [js.configs.recommended, ...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      globals: globals.node,
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.js', 'scripts/test/*.js', 'scripts/lint/*.js', 'sdk/examples/node/*.mjs'],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-warning-comments': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // A repository or ranker may be asynchronous by contract though this implementation of it is not.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // The process ends in one place, and the environment is read in the composition roots.
    files: ['{runtime,schema,engine,model,formats,server,trainer,seeds}/src/**/*.ts'],
    ignores: ['runtime/src/cli.ts', '**/*.test.ts', '**/test/**', '**/cli.ts', '**/main.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'exit', message: 'Only runtime/src/cli.ts ends the process.' },
        {
          object: 'process',
          property: 'env',
          message: 'Only a composition root reads the environment, through readConfig.',
        },
      ],
    },
  },
  {
    files: ['client/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat.recommended,
    languageOptions: { globals: globals.browser },
  },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
  {
    // AssemblyScript: TypeScript's syntax with other types, which its own compiler checks.
    files: ['engine/kernels/**/*.ts'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { parserOptions: { projectService: false, program: null, project: false } },
    rules: { ...tseslint.configs.disableTypeChecked.rules },
  },
  {
    files: ['**/*.test.{ts,tsx}', '**/test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { house: { rules: { 'import-arrows': importArrows, 'doc-openers': docOpeners } } },
    rules: { 'house/import-arrows': 'error', 'house/doc-openers': 'error' },
  },
  { files: ['sdk/examples/node/*.mjs'], rules: { 'no-console': 'off' } },
  ...lintOfGraphql,
  prettier,
);
