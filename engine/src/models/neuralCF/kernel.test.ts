import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Interactions } from '../../data/interactions.ts';
import { gaussian, randomInt, seededRandom, shuffle } from '../../random/random.ts';
import { checkerboard, interactionsOf } from '../../test/modelContract.ts';
import { builtKernel } from '../../test/testKernel.ts';
import { fitNeuralCF, fitNeuralCFReference } from './index.ts';
import type { NeuralCFOptions, NeuralCF, NeuralCFParameters } from './index.ts';
import { initialNeuralCF } from './initial.ts';
import { kernelTrainer } from './kernel.ts';
import { referenceTrainer } from './reference.ts';
import { scoreNeuralCF } from './scoring.ts';
import type { EpochPlan, EpochResult } from './trainer.ts';

const { abs, max } = Math;

/** Users of one to thirty of 40 items, and one who has met them all. */
function someInteractions(): Interactions {
  const random = seededRandom(7);
  const items = Int32Array.from({ length: 40 }, (_, itemIndex) => itemIndex);
  const histories = Array.from({ length: 60 }, () => {
    shuffle(items, random);
    return [...items.subarray(0, 1 + randomInt(random, 30))];
  });
  return interactionsOf([...histories, [...items.sort()]], items.length);
}

/** A model away from its starting point, so that no bias is zero. */
function someModel({ numUsers, numItems }: Interactions, options: NeuralCFOptions): NeuralCF {
  const random = seededRandom(11);
  const model = initialNeuralCF({ ...options, numUsers, numItems }, random);
  for (const values of Object.values<Float32Array>({ ...model.parameters })) {
    for (let i = 0; i < values.length; i++) values[i] += 0.1 * gaussian(random);
  }
  return model;
}

function planOf({ itemIndices }: Interactions, { batchSize, learningRate }: NeuralCFOptions): EpochPlan {
  const rows = Int32Array.from(itemIndices, (_, row) => row);
  shuffle(rows, seededRandom(3));
  const seeds = Int32Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, batch) => -batch * 997);
  return { rows, seeds, learningRates: Float64Array.from(seeds, () => learningRate) };
}

describe('the kernel neuralCF', () => {
  const kernel = builtKernel('neuralCF');
  const interactions = someInteractions();
  const options: NeuralCFOptions = {
    embeddingDim: 32,
    hiddenDims: [32, 16],
    negatives: 4,
    epochs: 5,
    learningRate: 0.002,
    batchSize: 64,
  };

  describe.each<[string, Partial<NeuralCFOptions>]>([
    ['sizes of whole vectors', {}],
    ['sizes that need padding', { embeddingDim: 5, hiddenDims: [11, 3], negatives: 3 }],
    ['groups longer than a tile', { embeddingDim: 8, hiddenDims: [8, 8], negatives: 70 }],
  ])('against the reference: %s', (_, others) => {
    /** Both ways over one epoch: what the models became, and the losses. */
    function trainBoth(batchSize: number): [NeuralCF, EpochResult][] {
      const settings = { ...options, ...others, batchSize };
      return [kernelTrainer.bind(null, kernel), referenceTrainer].map((start) => {
        const model = someModel(interactions, settings);
        const trainer = start(model, interactions, settings, 1);
        const result = trainer.runEpoch(planOf(interactions, settings));
        trainer.end?.();
        return [model, result];
      });
    }

    it('takes the same step on one batch', () => {
      const [[kernels, result], [references, expected]] = trainBoth(interactions.itemIndices.length);
      expect(result.numSamples).toBe(expected.numSamples);
      expect(abs(result.loss / expected.loss - 1)).toBeLessThan(1e-6);
      for (const name of Object.keys(kernels.parameters) as (keyof NeuralCFParameters)[]) {
        expect([name, largestDifference(kernels, references, name) < 1e-5]).toEqual([name, true]);
      }
    });

    it('stays close over many batches', () => {
      const [[, result], [, expected]] = trainBoth(16);
      expect(result.numSamples).toBe(expected.numSamples);
      expect(abs(result.loss / expected.loss - 1)).toBeLessThan(1e-4);
    });
  });

  it('gives the same bytes on one thread for a seed', () => {
    const hash = (seed: number): string => {
      const model = fitNeuralCF(interactions, options, { seed, threads: 1 });
      const digest = createHash('sha256');
      for (const values of Object.values<Float32Array>({ ...model.parameters })) digest.update(values);
      return digest.digest('hex');
    };
    const first = hash(1);
    expect(hash(1)).toBe(first);
    expect(hash(2)).not.toBe(first);
  });

  it('learns as well on two threads as the reference on one', () => {
    const settings = { ...options, learningRate: 0.01, epochs: 20, batchSize: 16 };
    const lastLoss = (fit: typeof fitNeuralCF): number => {
      let last = Infinity;
      fit(interactions, settings, { seed: 1, threads: 2, onEpoch: ({ loss }) => (last = loss) });
      return last;
    };
    const expected = lastLoss(fitNeuralCFReference);
    expect(abs(lastLoss(fitNeuralCF) / expected - 1)).toBeLessThan(0.1);
  });

  it('finds the diagonal of a checkerboard on two threads', () => {
    const board = checkerboard(12);
    const settings = { ...options, learningRate: 0.01, epochs: 60, batchSize: 4 };
    const model = fitNeuralCF(board, settings, { seed: 1, threads: 2 });
    for (let userIndex = 0; userIndex < board.numUsers; userIndex++) {
      const known = board.itemIndices.subarray(...board.userOffsets.subarray(userIndex, userIndex + 2));
      const unknown = Int32Array.from({ length: 12 }, (_, item) => item).filter(
        (item) => !known.includes(item),
      );
      const scores = new Float32Array(unknown.length);
      scoreNeuralCF(model, userIndex, unknown, scores);
      expect(unknown[scores.indexOf(max(...scores))]).toBe(userIndex);
    }
  });
});

function largestDifference(a: NeuralCF, b: NeuralCF, name: keyof NeuralCFParameters): number {
  return a.parameters[name].reduce((most, value, i) => max(most, abs(value - b.parameters[name][i])), 0);
}
