import type { NeuralCFOptions } from './fitNeuralCF.ts';
import type { Item2VecOptions } from './item2vec.ts';
import type { ServedSettings } from './serving/servedModel.ts';

/** Settings that go together. */
export interface ModelRecipe {
  readonly item2vec: Item2VecOptions;
  readonly neuralCF: NeuralCFOptions;
  readonly serving: Pick<ServedSettings, 'userVector' | 'recencyTau' | 'neuralCFWeight' | 'numCandidates'>;
}

const SERVING: ModelRecipe['serving'] = {
  userVector: 'recency',
  recencyTau: 5,
  neuralCFWeight: 0.2,
  numCandidates: 500,
};

/**
 * Good quality: about a minute of one thread for each hundred thousand ratings.
 *
 * Found on ml-latest-small by leaving each user's last interaction out.
 */
export const FULL_RECIPE: ModelRecipe = {
  item2vec: { dim: 32, window: 5, negatives: 5, epochs: 50, learningRate: 0.025, symmetric: true },
  neuralCF: {
    embeddingDim: 16,
    hiddenDims: [32, 16],
    negatives: 4,
    epochs: 6,
    learningRate: 0.01,
    batchSize: 64,
  },
  serving: SERVING,
};

/** Something sound to serve within seconds: shorter vectors, fewer epochs of larger steps, narrower layers. */
export const QUICK_RECIPE: ModelRecipe = {
  item2vec: { dim: 16, window: 5, negatives: 5, epochs: 20, learningRate: 0.05, symmetric: true },
  neuralCF: {
    embeddingDim: 8,
    hiddenDims: [16, 8],
    negatives: 4,
    epochs: 4,
    learningRate: 0.01,
    batchSize: 64,
  },
  serving: SERVING,
};
