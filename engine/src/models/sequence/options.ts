import { FitError, checkOptions } from '../fitting.ts';

/**
 * Names the loss by which a target is told from the negatives.
 *
 * - `softmax`: cross-entropy over target and negatives as they were drawn (Klenitskiy & Vasilev 2023, "Turning Dross into
 *   Gold Loss")
 * - `logQ`: the same with each negative's logit less the logarithm of how often it is drawn, which estimates the softmax
 *   over the whole catalogue (Yi et al. 2019, eq. 3)
 * - `gBCE`: binary cross-entropies, the target's score calibrated against the overconfidence that sampling brings (Petrov &
 *   Macdonald 2023, "gSASRec", eq. 9 and 12)
 */
export type SequenceLoss = 'softmax' | 'logQ' | 'gBCE';

export interface SequenceOptions {
  /** Of the item embeddings and of all between the blocks; a multiple of 8 for each head. */
  readonly dim: number;
  /** L: the latest items that are read, at most. */
  readonly length: number;
  readonly blocks: number;
  readonly heads: number;
  /** Width of the hidden layer of each block's perceptron; a multiple of 8. */
  readonly hiddenDim: number;
  readonly epochs: number;
  /** Adam's step size; rises to it over the first hundred steps, then stays. */
  readonly learningRate: number;
  /** Windows of histories per optimiser step. */
  readonly batchSize: number;
  /** Items that all targets of a batch are told from; a multiple of 8. */
  readonly negatives: number;
  /** Share of the numbers that are dropped after the inputs and after each layer; 0 ≤ dropout < 1. */
  readonly dropout: number;
  readonly loss: SequenceLoss;
  /** gBCE's t: 1 undoes what sampling makes of the scores, 0 is plain binary cross-entropy. Of no other loss. */
  readonly calibration?: number;
  /** Negatives are drawn in proportion to (an item's interactions + 1) to this power; 0, uniform, where left out. */
  readonly negativePower?: number;
  /** Reads the time passed since the item before. */
  readonly gaps: boolean;
  /** Adds to each look a number of its own for how many items it goes back (Raffel et al. 2020, "T5"); not, where left out. */
  readonly distances?: boolean;
  /** Reads how many stars each item was given. */
  readonly ratings: boolean;
  /** Of histories longer than L an epoch trains windows at random places, as many as cover them; else the latest items only. */
  readonly crops: boolean;
  /** Decay of the moving average over steps that the model is made of (0.999); 0 for the last weights. */
  readonly averaging: number;
}

/** @throws FitError naming the first option that is out of range */
export function checkSequenceOptions(options: SequenceOptions): void {
  const integers = [
    'dim',
    'length',
    'blocks',
    'heads',
    'hiddenDim',
    'epochs',
    'batchSize',
    'negatives',
  ] as const;
  checkOptions('sequence', options, integers, ['learningRate']);
  const { dim, heads, hiddenDim, negatives } = options;
  if (dim % (8 * heads) !== 0) {
    throw new FitError(`sequence: dim must be a multiple of 8 for each of ${heads} heads, not ${dim}`);
  }
  if (hiddenDim % 8 !== 0)
    throw new FitError(`sequence: hiddenDim must be a multiple of 8, not ${hiddenDim}`);
  if (negatives % 8 !== 0)
    throw new FitError(`sequence: negatives must be a multiple of 8, not ${negatives}`);
  for (const name of ['dropout', 'averaging'] as const) {
    const value = options[name];
    if (!(value >= 0 && value < 1)) {
      throw new FitError(`sequence: ${name} must be at least 0 and below 1, not ${value}`);
    }
  }
  const { calibration = 0, negativePower = 0 } = options;
  if (!(calibration >= 0 && calibration <= 1)) {
    throw new FitError(`sequence: calibration must be between 0 and 1, not ${calibration}`);
  }
  if (!(negativePower >= 0 && negativePower <= 1)) {
    throw new FitError(`sequence: negativePower must be between 0 and 1, not ${negativePower}`);
  }
}
