import type { Interactions } from '../../data/interactions.ts';
import type { NeuralCFOptions, NeuralCF } from './index.ts';

/** The random choices of one epoch, made beforehand: every trainer that follows them sees the same samples. */
export interface EpochPlan {
  /** [n] the rows of the interactions in the order of training; a batch is the next `batchSize` of them. */
  readonly rows: Int32Array;
  /** [batches] what seeds the generator of each batch's negatives. */
  readonly seeds: Int32Array;
  /** [batches] Adam's step size in each batch. */
  readonly learningRates: Float64Array;
}

/** Trains one model, an epoch at a time. */
export interface NeuralCFTrainer {
  /**
   * Takes one optimiser step per batch; afterwards the model's parameters are up to date.
   * @returns the sum of the samples' cross-entropies, in nats, and how many samples there were
   */
  runEpoch(plan: EpochPlan): EpochResult;
  /** Frees what does not free itself; called once, after the last epoch or an error. */
  end?(): void;
}

export interface EpochResult {
  readonly loss: number;
  readonly numSamples: number;
}

/** @param model trained in place */
export type StartTrainer = (
  model: NeuralCF,
  interactions: Interactions,
  options: NeuralCFOptions,
) => NeuralCFTrainer;

/** The items that each user has seen, from which negatives must not be drawn. */
export interface MetItems {
  /** [n] the items of each user in ascending order, in the user's range of rows. */
  readonly sorted: Int32Array;
  /** [numUsers] 1 where the user has items left to meet. */
  readonly hasUnseen: Uint8Array;
}

export function metItems({ numItems, numUsers, userOffsets, itemIndices }: Interactions): MetItems {
  const sorted = itemIndices.slice();
  const hasUnseen = new Uint8Array(numUsers);
  for (let userIndex = 0; userIndex < numUsers; userIndex++) {
    const met = sorted.subarray(userOffsets[userIndex], userOffsets[userIndex + 1]).sort();
    hasUnseen[userIndex] = new Set(met).size < numItems ? 1 : 0;
  }
  return { sorted, hasUnseen };
}
