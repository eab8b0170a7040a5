import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { READING_OPTIONS } from '@pocketrocket/formats';
import { loadTensorFlow } from '@pocketrocket/model/tensorflow';
import { BACKENDS } from '../../pipeline/fitting/fitter.ts';
import { recipeNamed } from '../../pipeline/fitting/recipe.ts';
import type { Recipe } from '../../pipeline/fitting/recipe.ts';

export function parseWholeNumber(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError('It must be a whole number, 0 or more.');
}

export function parsePositiveNumber(text: string): number {
  const value = parseWholeNumber(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('It must be a whole number, 1 or more.');
}

export function parseId(text: string): number {
  const id = parseWholeNumber(text);
  if (id < 2 ** 31) return id;
  throw new InvalidArgumentError('It must be below 2147483648.');
}

export const seedOption = new Option('--seed <number>', 'seed of everything random: same seed, same result')
  .argParser((text) => {
    const seed = parseWholeNumber(text);
    if (seed < 2 ** 32) return seed;
    throw new InvalidArgumentError('It must be below 4294967296.');
  })
  .default(42);

export const jsonOption = new Option('--json', 'print one JSON object on stdout instead of text').default(
  false,
);

export const firstOption = new Option('--first <number>', 'how many to show')
  .argParser(parsePositiveNumber)
  .default(10);

export const progressOption = new Option(
  '--progress <mode>',
  'how progress is shown on stderr (default: bar on a terminal, else plain)',
).choices(['bar', 'plain', 'json', 'none'] as const);

export const threadsOption = new Option('--threads <number>', 'how many models are fitted at the same time')
  .argParser(parsePositiveNumber)
  .default(availableParallelism());

export const parseVersion = (text: string): number => {
  const version = parsePositiveNumber(text);
  if (version < 2 ** 31) return version;
  throw new InvalidArgumentError('It must be below 2147483648.');
};

const { scale, timeUnit, allowSkipped, strict } = READING_OPTIONS;
export const scaleOption = new Option(scale.flags, scale.description).choices(scale.choices);
export const timeUnitOption = new Option(timeUnit.flags, timeUnit.description).choices(timeUnit.choices);
export const allowSkippedOption = new Option(allowSkipped.flags, allowSkipped.description).default(false);
export const strictOption = new Option(strict.flags, strict.description)
  .conflicts(strict.conflicts)
  .default(false);

export const quickOption = new Option(
  '--quick',
  'the recipe of the first start: fewer epochs, default weights',
).default(false);

export const item2vecEpochsOption = new Option(
  '--item2vec-epochs <number>',
  "passes of item2vec over the data (default: the recipe's)",
).argParser(parsePositiveNumber);

export const neuralCFEpochsOption = new Option(
  '--neural-cf-epochs <number>',
  "passes of NeuralCF over the data (default: the recipe's)",
).argParser(parsePositiveNumber);

export const budgetOption = new Option(
  '--budget <minutes>',
  'minutes that the whole command may take; models are cut down to fit',
).argParser(parsePositiveNumber);

export const sequenceOption = new Option(
  '--sequence',
  'fit a sequence model whatever the size of the data; it stays where it gains (docs/quality.md)',
);

export const noSequenceOption = new Option('--no-sequence', 'fit no sequence model');

export const backendOption = new Option(
  '--backend <name>',
  'what trains NeuralCF: the engine, or TensorFlow by TensorFlow.js (docs/tfjs.md)',
)
  .choices(BACKENDS)
  .default('engine' as const);

export interface RecipeOptions {
  backend?: (typeof BACKENDS)[number];
  quick: boolean;
  budget?: number;
  item2vecEpochs?: number;
  neuralCfEpochs?: number;
  sequence?: boolean;
}

/**
 * The named recipe with what the command line changes in it.
 * @throws AppError ENVIRONMENT where the backend asked for is absent
 */
export function recipeOf(options: RecipeOptions): Recipe {
  const { quick, budget, item2vecEpochs, neuralCfEpochs, backend, sequence } = options;
  // Before anything long begins, so that what is missing is known at once.
  if (backend === 'tfjs') loadTensorFlow();
  return {
    ...recipeNamed(quick ? 'quick' : 'full'),
    changes: {
      item2vec: item2vecEpochs === undefined ? {} : { epochs: item2vecEpochs },
      neuralCF: {
        ...(neuralCfEpochs !== undefined && { epochs: neuralCfEpochs }),
        ...(backend === 'tfjs' && { backend }),
      },
    },
    ...(sequence !== undefined && { hasSequence: sequence }),
    ...(budget !== undefined && { budgetMinutes: budget }),
  };
}
