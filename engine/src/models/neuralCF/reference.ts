import { usersOfRows } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { randomInt, seededRandom } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';
import { neuralCFGradient, neuralCFTables } from './gradient.ts';
import type { NeuralCFOptions, NeuralCF } from './index.ts';
import { metItems } from './trainer.ts';
import type { EpochPlan, EpochResult, NeuralCFTrainer } from './trainer.ts';

/** Training in plain TypeScript: one user and its items after the other, then Adam on what the batch touched. */
export function referenceTrainer(
  model: NeuralCF,
  interactions: Interactions,
  { batchSize, negatives }: NeuralCFOptions,
): NeuralCFTrainer {
  const tables = neuralCFTables(model);
  const gradientOfGroup = neuralCFGradient(model, tables);
  const sampleUnseen = unseenSampler(interactions);
  const userOfRow = usersOfRows(interactions);
  const group = new Int32Array(1 + negatives);
  const scale = 1 / (batchSize * group.length);
  return { runEpoch };

  function runEpoch({ rows, seeds, learningRates }: EpochPlan): EpochResult {
    let loss = 0;
    let numSamples = 0;
    for (let batch = 0; batch < seeds.length; batch++) {
      const random = seededRandom(seeds[batch]);
      const end = Math.min(rows.length, (batch + 1) * batchSize);
      for (let index = batch * batchSize; index < end; index++) {
        const row = rows[index];
        group[0] = interactions.itemIndices[row];
        const count = 1 + sampleUnseen(userOfRow[row], group, random);
        loss += gradientOfGroup(userOfRow[row], group, count, scale);
        numSamples += count;
      }
      for (const table of Object.values(tables)) table.step(learningRates[batch]);
    }
    return { loss, numSamples };
  }
}

/**
 * Fills group[1 …] with items that the user has not met and says how many; 0 where the user has met all.
 *
 * By rejection, with a binary search in the user's sorted items: no table of users × items.
 */
export function unseenSampler(
  interactions: Interactions,
): (userIndex: number, group: Int32Array, random: Random) => number {
  const { numItems, userOffsets } = interactions;
  const { sorted, hasUnseen } = metItems(interactions);
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
  return (userIndex, group, random) => {
    if (hasUnseen[userIndex] === 0) return 0;
    for (let index = 1; index < group.length; index++) {
      let itemIndex = randomInt(random, numItems);
      while (hasMet(userIndex, itemIndex)) itemIndex = randomInt(random, numItems);
      group[index] = itemIndex;
    }
    return group.length - 1;
  };
}
