import { FitError, checkOptions, finishEpoch } from './fitting.ts';
import type { FitContext } from './fitting.ts';
import type { Interactions } from './interactions.ts';
import { initialNeuralCF } from './neuralCF.ts';
import type { NeuralCF } from './neuralCF.ts';
import { neuralCFGradient, neuralCFTables } from './neuralCFGradient.ts';
import { randomInt, seededRandom, shuffle } from './random.ts';
import type { Random } from './random.ts';

export interface NeuralCFOptions {
  /** Of the GMF and of the MLP part each. */
  readonly embeddingDim: number;
  /** Widths of the MLP's two hidden layers. */
  readonly hiddenDims: readonly [number, number];
  /** Items the user has not met per observed one, drawn anew each epoch, uniformly. */
  readonly negatives: number;
  readonly epochs: number;
  /** Adam's step size at the start; falls linearly to nearly 0. */
  readonly learningRate: number;
  /** Observed interactions per optimiser step; their negatives come on top. */
  readonly batchSize: number;
}

/**
 * Learns to tell observed interactions from sampled ones by binary cross-entropy, with lazy Adam from scratch.
 *
 * Source: He et al., "Neural Collaborative Filtering" (WWW 2017). A user who has met every item gets no negatives.
 * @throws FitError for options out of range, without interactions, when no user has an item left to meet, or when the
 *   loss is not finite.
 */
export function fitNeuralCF(
  interactions: Interactions,
  options: NeuralCFOptions,
  context: FitContext,
): NeuralCF {
  checkOptions('neuralCF', options, ['embeddingDim', 'negatives', 'epochs', 'batchSize'], ['learningRate']);
  if (!options.hiddenDims.every((width) => Number.isInteger(width) && width > 0)) {
    throw new FitError(
      `neuralCF: hiddenDims must be two positive integers, not ${options.hiddenDims.join()}`,
    );
  }
  const { numUsers, numItems, itemIndices } = interactions;
  const { epochs, batchSize, negatives, learningRate } = options;
  if (itemIndices.length === 0) throw new FitError('neuralCF: there are no interactions to learn from');
  const random = seededRandom(context.seed);
  const { embeddingDim, hiddenDims } = options;
  const model = initialNeuralCF({ numUsers, numItems, embeddingDim, hiddenDims }, random);
  const tables = neuralCFTables(model);
  const gradientOfGroup = neuralCFGradient(model, tables);
  const sampleUnseen = unseenSampler(interactions, random);
  const userOfRow = usersOfRows(interactions);

  const rows = Int32Array.from({ length: itemIndices.length }, (_, row) => row);
  const group = new Int32Array(1 + negatives);
  const scale = 1 / (batchSize * group.length);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(rows, random);
    let loss = 0;
    let samples = 0;
    for (let start = 0; start < rows.length; start += batchSize) {
      const end = Math.min(rows.length, start + batchSize);
      for (let index = start; index < end; index++) {
        const row = rows[index];
        group[0] = itemIndices[row];
        const count = 1 + sampleUnseen(userOfRow[row], group);
        loss += gradientOfGroup(userOfRow[row], group, count, scale);
        samples += count;
      }
      const progress = (epoch - 1 + start / rows.length) / epochs;
      for (const table of Object.values(tables)) table.step(learningRate * (1 - progress));
    }
    if (samples === rows.length) throw new FitError('neuralCF: every user has met every item');
    finishEpoch('neuralCF', context, { epoch, epochs, loss: loss / samples });
  }
  return model;
}

/**
 * Fills group[1 …] with items that the user has not met and says how many; 0 where the user has met all.
 *
 * By rejection, with a binary search in the user's sorted items: no table of users × items.
 */
function unseenSampler(
  { numItems, numUsers, userOffsets, itemIndices }: Interactions,
  random: Random,
): (userIndex: number, group: Int32Array) => number {
  const sorted = itemIndices.slice();
  const hasUnseen = new Uint8Array(numUsers);
  for (let userIndex = 0; userIndex < numUsers; userIndex++) {
    const met = sorted.subarray(userOffsets[userIndex], userOffsets[userIndex + 1]).sort();
    hasUnseen[userIndex] = new Set(met).size < numItems ? 1 : 0;
  }
  const hasMet = (userIndex: number, itemIndex: number): boolean => {
    let low = userOffsets[userIndex];
    let high = userOffsets[userIndex + 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < itemIndex) low = middle + 1;
      else high = middle;
    }
    return low < userOffsets[userIndex + 1] && sorted[low] === itemIndex;
  };
  return (userIndex, group) => {
    if (hasUnseen[userIndex] === 0) return 0;
    for (let index = 1; index < group.length; index++) {
      let itemIndex = randomInt(random, numItems);
      while (hasMet(userIndex, itemIndex)) itemIndex = randomInt(random, numItems);
      group[index] = itemIndex;
    }
    return group.length - 1;
  };
}

/** The user of each row, [n]. */
function usersOfRows({ numUsers, userOffsets, itemIndices }: Interactions): Int32Array {
  const users = new Int32Array(itemIndices.length);
  for (let userIndex = 0; userIndex < numUsers; userIndex++) {
    users.fill(userIndex, userOffsets[userIndex], userOffsets[userIndex + 1]);
  }
  return users;
}
