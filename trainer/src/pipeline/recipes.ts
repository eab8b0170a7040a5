import type { Item2VecOptions, NeuralCFOptions, ServedSettings } from '@pocketrocket/engine';

/** How the user's history becomes the query: all of it alike, or recent movies more. */
export const USER_VECTORS = ['mean', 'recency'] as const satisfies readonly ServedSettings['userVector'][];
export type UserVectorKind = (typeof USER_VECTORS)[number];

/** Everything about training that is decided before data are seen. */
export interface Recipe {
  name: 'quick' | 'full';
  item2vec: Item2VecOptions;
  neuralCF: NeuralCFOptions;
  userVector: UserVectorKind;
  /** Positions over which a movie's weight in the user vector falls to 1/e. */
  recencyTau: number;
  /** Whether an inner split chooses NeuralCF's share; else {@link neuralCFWeight} stands. */
  isTuned: boolean;
  neuralCFWeight: number;
}

/** For quality: settings found on inner splits of ml-latest-small and ml-1m. */
const FULL: Recipe = {
  name: 'full',
  item2vec: { dim: 64, window: 5, negatives: 5, epochs: 50, learningRate: 0.025 },
  neuralCF: {
    embeddingDim: 16,
    hiddenDims: [32, 16],
    negatives: 4,
    epochs: 10,
    learningRate: 0.002,
    batchSize: 64,
  },
  userVector: 'recency',
  recencyTau: 5,
  isTuned: true,
  neuralCFWeight: 0.1,
};

/** For the first start: a third of the work at somewhat less quality, and no inner split. */
const QUICK: Recipe = {
  ...FULL,
  name: 'quick',
  item2vec: { ...FULL.item2vec, epochs: 15, learningRate: 0.05 },
  neuralCF: { ...FULL.neuralCF, epochs: 4, learningRate: 0.004 },
  isTuned: false,
};

export function recipeNamed(name: Recipe['name']): Recipe {
  return name === 'quick' ? QUICK : FULL;
}
