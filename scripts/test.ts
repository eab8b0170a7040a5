/**
 * `npm test`: all checks of the project. `npm test -- <paths>` runs only the tests whose path matches.
 * The last line reads `N passed, N failed`.
 */
import { runMain } from '@pocketrocket/runtime';
import { build, isBuilt } from './lib/build.ts';
import { ROOT, runStep, tool, type Run } from './lib/processes.ts';

const patterns = process.argv.slice(2);

type Steps = readonly (readonly [string, Run])[];

const LINTS: Steps = [
  ['the lint', tool('oxlint')],
  ['the lint of GraphQL', tool('eslint', ['.', '--max-warnings', '0'])],
  ['the format check', tool('oxfmt', ['--check'])],
];

const CHECKS: Steps = [
  // TypeScript 7, which takes a third of the time of TypeScript 6, whose compiler has an API.
  [
    'the type check',
    { command: process.execPath, args: ['node_modules/typescript-native/bin/tsc', '-b', 'tsconfig.json'] },
  ],
  [
    'the SDL drift check',
    tool('tsx', [
      '--tsconfig',
      'tsconfig.base.json',
      '--conditions=@pocketrocket/source',
      'server/src/emitSchema.ts',
      '--check',
    ]),
  ],
  [
    'the settings drift check',
    tool('tsx', [
      '--tsconfig',
      'tsconfig.base.json',
      '--conditions=@pocketrocket/source',
      'scripts/settings.ts',
      '--check',
    ]),
  ],
  [
    'the reference drift check',
    tool('tsx', [
      '--tsconfig',
      'tsconfig.base.json',
      '--conditions=@pocketrocket/source',
      'server/src/emitReference.ts',
      '--check',
    ]),
  ],
  ["the SDK's codegen drift check", tool('tsx', ['sdk/codegen.ts', '--check'])],
  ['the codegen drift check', tool('tsx', ['client/codegen.ts', '--check'])],
  ['the check of texts and translations', tool('tsx', ['client/texts.ts', '--check'])],
];

await runMain(async () => {
  if (!isBuilt()) await build();
  if (patterns.length === 0) await check();
  const jest: Run = {
    command: process.execPath,
    args: [
      '--experimental-vm-modules',
      '--no-warnings',
      `${ROOT}/node_modules/jest/bin/jest.js`,
      ...patterns,
    ],
  };
  await runStep('the tests', jest);
});

/** Runs the lints beside the other checks. @throws AppError of the first one that fails, once both have ended */
async function check(): Promise<void> {
  const outcomes = await Promise.allSettled([runSteps(LINTS), runSteps(CHECKS)]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function runSteps(steps: Steps): Promise<void> {
  for (const [step, run] of steps) await runStep(step, run);
}
