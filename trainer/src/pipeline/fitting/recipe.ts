import {
  fullRecipe,
  quickRecipe,
  thoroughRecipe,
  type ChosenRecipe,
  type DataSize,
  type ModelRecipe,
  type Item2VecOptions,
  type SequenceOptions,
} from '@pocketrocket/engine';
import type { BackedNeuralCFOptions } from './fitter.ts';

export const RECIPE_NAMES = ['quick', 'full'] as const;

/** Everything about a training run that is decided before data are seen. */
export interface Recipe {
  readonly name: (typeof RECIPE_NAMES)[number];
  /** True where an inner split chooses the weights of retrieval and ranking; else the recipe's own are used. */
  readonly isTuned: boolean;
  /** Overrides of item2vec's and NeuralCF's settings from the command line. */
  readonly changes: {
    readonly item2vec: Partial<Item2VecOptions>;
    readonly neuralCF: Partial<BackedNeuralCFOptions>;
  };
  /** Asks for a sequence model, or for none; left out, the size of the data decides. The quick recipe has none. */
  readonly hasSequence?: boolean;
  /** Minutes that the whole command may take; the models are cut down to fit. Unlimited where left out. */
  readonly budgetMinutes?: number;
}

/** The settings with which a run's models were fitted: enough to fit them again on another split. */
export interface RecipeSettings {
  models: ModelRecipe;
  /** True where an inner split chose the weights of retrieval and ranking. */
  isTuned: boolean;
}

export function recipeNamed(name: Recipe['name']): Recipe {
  return { name, isTuned: name === 'full', changes: { item2vec: {}, neuralCF: {} } };
}

/**
 * The models and settings of a recipe for data of a size.
 * @param numDatasets how many times everything is fitted within the budget
 * @param concurrency fits that run side by side
 */
export function chooseModels(
  { name, changes, budgetMinutes, hasSequence }: Recipe,
  size: DataSize,
  numDatasets = 1,
  concurrency = 1,
): ChosenRecipe {
  const isThorough = budgetMinutes !== undefined && budgetMinutes >= THOROUGH_MINUTES;
  const recipeFor = name === 'quick' ? quickRecipe : isThorough ? thoroughRecipe : fullRecipe;
  const chosen = recipeFor(size, hasSequence);
  const { recipe, reasons } =
    budgetMinutes === undefined
      ? chosen
      : allWithinBudget(chosen, size, (60 * budgetMinutes) / numDatasets, concurrency);
  return {
    reasons,
    recipe: {
      ...recipe,
      item2vec: { ...recipe.item2vec, ...changes.item2vec },
      neuralCF: { ...recipe.neuralCF, ...changes.neuralCF },
    },
  };
}

/** A budget from which on the settings of published benchmarks are taken. */
const THOROUGH_MINUTES = 60;

/** Sample updates a second on one slow thread, of vectors of 64 numbers. */
const MATRIX_FACTORIZATION_RATE = 5e6;
/** Samples a second on one slow thread, of embeddings of 64 numbers. */
const NEURAL_CF_RATE = 3e5;
/** Share of the budget for the two models that take longest; the others, reading and measuring have the rest. */
const BUDGET_SHARE = 0.7;
const MIN_EPOCHS = 16;

/** Tokens a second on one slow thread, of the sequence model of two blocks of width 64. */
const SEQUENCE_RATE = 3e4;
/** Share of the budget for the sequence model, on a thread beside the other models' or on the only one. */
const SEQUENCE_SHARE = { beside: 0.7, alone: 0.25 };
/** With fewer epochs it learns less than transitions count. */
const MIN_SEQUENCE_EPOCHS = 8;

/** Takes epochs from the models that take longest until all fit in the seconds. */
function allWithinBudget(
  chosen: ChosenRecipe,
  size: DataSize,
  seconds: number,
  concurrency: number,
): ChosenRecipe {
  const cut = withSequenceWithin(chosen, size, seconds, concurrency);
  const { sequence } = cut.recipe;
  // On the only thread the others have what the sequence model leaves.
  const taken = sequence && concurrency === 1 ? (sequence.epochs * size.interactions) / rateOf(sequence) : 0;
  return withinBudget(cut, size, seconds - taken);
}

/** Interactions a second that a sequence model is trained on by one slow thread. */
function rateOf({ dim, blocks }: SequenceOptions): number {
  return SEQUENCE_RATE * (64 / dim) ** 2 * (2 / blocks);
}

/** Takes epochs from the sequence model until it fits in its share of the seconds; leaves it out where too few are left. */
function withSequenceWithin(
  chosen: ChosenRecipe,
  { interactions }: DataSize,
  seconds: number,
  concurrency: number,
): ChosenRecipe {
  const { recipe, reasons } = chosen;
  const { sequence } = recipe;
  if (!sequence) return chosen;
  const { epochs } = sequence;
  const share = concurrency > 1 ? SEQUENCE_SHARE.beside : SEQUENCE_SHARE.alone;
  const affordable = Math.floor((share * seconds * rateOf(sequence)) / interactions);
  if (affordable >= epochs) return chosen;
  const cut = affordable < MIN_SEQUENCE_EPOCHS ? null : { ...sequence, epochs: affordable };
  const reason = cut
    ? `the budget leaves the sequence model at most ${affordable} of ${epochs} epochs`
    : `no sequence model after all: the budget leaves it ${affordable} epochs`;
  return { recipe: { ...recipe, sequence: cut }, reasons: [...reasons, reason] };
}

/** Takes epochs from matrix factorization, then from NeuralCF, until both fit in the seconds of one thread. */
function withinBudget(chosen: ChosenRecipe, { interactions }: DataSize, seconds: number): ChosenRecipe {
  const { recipe } = chosen;
  const { neuralCF, matrixFactorization } = recipe;
  const neuralCFRate = (NEURAL_CF_RATE * 64) / neuralCF.embeddingDim;
  const neuralCFEpochSeconds = (interactions * (1 + neuralCF.negatives)) / neuralCFRate;
  const available = BUDGET_SHARE * seconds;
  const neuralCFEpochs = clamp(Math.floor((0.5 * available) / neuralCFEpochSeconds), 1, neuralCF.epochs);
  const reasons = [...chosen.reasons];
  if (neuralCFEpochs < neuralCF.epochs) {
    reasons.push(`the budget leaves NeuralCF ${neuralCFEpochs} of ${neuralCF.epochs} epochs`);
  }
  const sized = { ...recipe, neuralCF: { ...neuralCF, epochs: neuralCFEpochs } };
  if (!matrixFactorization) return { recipe: sized, reasons };
  const { epochs, learningRate, negatives } = matrixFactorization;
  const rate = (MATRIX_FACTORIZATION_RATE * 64) / matrixFactorization.dim;
  const epochSeconds = (interactions * (1 + negatives)) / rate;
  const left = available - neuralCFEpochs * neuralCFEpochSeconds;
  const affordable = clamp(Math.floor(left / epochSeconds), MIN_EPOCHS, epochs);
  if (affordable === epochs) return { recipe: sized, reasons };
  reasons.push(`the budget leaves matrix factorization ${affordable} of ${epochs} epochs, of larger steps`);
  // As far in fewer steps: their number times their size stays, up to what is known to stay stable.
  const faster = Math.min(0.02, (learningRate * epochs) / affordable);
  return {
    recipe: {
      ...sized,
      matrixFactorization: { ...matrixFactorization, epochs: affordable, learningRate: faster },
    },
    reasons,
  };
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(highest, value));
}
