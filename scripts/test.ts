/**
 * `npm test`: all checks of the project. `npm test -- <paths>` runs only the tests whose path matches.
 * The last line reads `N passed, N failed`.
 */
import { runMain } from '@pocketrocket/runtime';
import { build, isBuilt } from './lib/build.ts';
import { ROOT, runStep, tool, type Run } from './lib/processes.ts';

const patterns = process.argv.slice(2);

/** Takes as long as all other checks together. */
const LINT = tool('eslint', ['.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint']);

const CHECKS: readonly (readonly [string, Run])[] = [
  ['the type check', tool('tsc', ['-b', 'tsconfig.json'])],
  ['the format check', tool('prettier', ['--check', '--log-level', 'warn', '.'])],
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

/** Runs the lint beside the other checks. @throws AppError of the first one that fails, once both have ended */
async function check(): Promise<void> {
  const outcomes = await Promise.allSettled([runStep('the lint', LINT), checkTheRest()]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function checkTheRest(): Promise<void> {
  for (const [step, run] of CHECKS) await runStep(step, run);
}
