import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Interactions } from '../../data/interactions.ts';
import { groupByUser } from '../../data/interactions.ts';
import { gaussian, randomInt, seededRandom } from '../../random/random.ts';
import { builtKernel } from '../../test/testKernel.ts';
import { fitSequence, trainSequence } from './index.ts';
import type { SequenceOptions, SequenceState } from './index.ts';
import { kernelTrainer } from './kernel.ts';
import { negativeSampler, planEpoch } from './plan.ts';
import { referenceTrainer } from './reference.ts';
import { sequenceOf, startSequence } from './state.ts';
import type { EpochResult, StartTrainer } from './trainer.ts';

const { abs, max } = Math;

/** Histories of 1 to 40 of 30 items, some times unknown. */
function someInteractions(): Interactions {
  const random = seededRandom(7);
  const numUsers = 24;
  const rows = Array.from({ length: numUsers }, (_, user) =>
    Array.from({ length: 1 + randomInt(random, 40) }, (__, place) => ({
      user,
      item: randomInt(random, 30),
      stars: (1 + randomInt(random, 10)) / 2,
      time: user === 3 ? NaN : place * randomInt(random, 100_000),
    })),
  ).flat();
  return groupByUser(
    {
      userIndices: Int32Array.from(rows, ({ user }) => user),
      itemIndices: Int32Array.from(rows, ({ item }) => item),
      ratings: Float32Array.from(rows, ({ stars }) => stars),
      timestamps: Float64Array.from(rows, ({ time }) => time),
    },
    numUsers,
    30,
  );
}

const OPTIONS: SequenceOptions = {
  dim: 16,
  length: 10,
  blocks: 2,
  heads: 2,
  hiddenDim: 24,
  epochs: 3,
  learningRate: 0.01,
  batchSize: 9,
  negatives: 16,
  dropout: 0.2,
  loss: 'softmax',
  gaps: true,
  ratings: true,
  distances: true,
  crops: true,
  averaging: 0.9,
};

/** A state away from its starting point, so that no bias is zero. */
function someState(interactions: Interactions, options: SequenceOptions): SequenceState {
  const state = startSequence(interactions, options, 11);
  const random = seededRandom(12);
  for (const values of Object.values<Float32Array>({ ...state.weights })) {
    for (let i = 0; i < values.length; i++) values[i] += 0.1 * gaussian(random);
  }
  return state;
}

describe('the kernel sequence', () => {
  const kernel = builtKernel('sequence');
  const interactions = someInteractions();
  const byKernel =
    (threads: number): StartTrainer =>
    (...data) =>
      kernelTrainer(kernel, ...data, threads);

  function train(start: StartTrainer, options: SequenceOptions): [SequenceState, EpochResult] {
    const state = someState(interactions, options);
    const trainer = start(state, interactions, options);
    const plan = planEpoch(
      interactions,
      options,
      state,
      negativeSampler(interactions, options.negativePower ?? 0),
    );
    const result = trainer.runEpoch(plan);
    trainer.end?.();
    return [state, result];
  }

  describe.each<[string, Partial<SequenceOptions>]>([
    ['softmax', {}],
    ['logQ, negatives by popularity', { loss: 'logQ', negativePower: 0.75 }],
    ['gBCE', { loss: 'gBCE', calibration: 0.6 }],
    [
      'without gaps, ratings, distances, dropout',
      { gaps: false, ratings: false, distances: false, dropout: 0 },
    ],
    ['windows longer than all histories, one head', { length: 50, heads: 1, crops: false }],
    ['windows of a few tokens, one block', { length: 3, blocks: 1, averaging: 0 }],
    ['windows longer than a tile', { length: 150, dim: 8, heads: 1, hiddenDim: 8 }],
  ])('against the reference: %s', (_, others) => {
    it('takes the same step on one batch', () => {
      const options = { ...OPTIONS, ...others, batchSize: 1000 };
      const [kernels, result] = train(byKernel(1), options);
      const [references, expected] = train(referenceTrainer, options);
      expect(result.numTargets).toBe(expected.numTargets);
      expect(abs(result.loss / expected.loss - 1)).toBeLessThan(1e-6);
      // After one step the first moment is a tenth of the gradient.
      for (const name of ['itemEmbeddings', 'network'] as const) {
        const slopes = references.first[name];
        const most = slopes.reduce((so, slope) => max(so, abs(slope)), 0);
        expect(largestDifference(kernels.first[name], slopes) / most).toBeLessThan(1e-5);
        expect(largestDifference(kernels.second[name], references.second[name]) / most ** 2).toBeLessThan(
          1e-5,
        );
      }
    });

    it('stays close over many batches', () => {
      const options = { ...OPTIONS, ...others };
      const [kernels, result] = train(byKernel(1), options);
      const [references, expected] = train(referenceTrainer, options);
      expect(abs(result.loss / expected.loss - 1)).toBeLessThan(1e-4);
      expect(kernels.steps).toBe(references.steps);
      expect(largestDifference(kernels.average.network, references.average.network)).toBeLessThan(1e-3);
    });
  });

  const hashOf = (values: Iterable<Float32Array>): string => {
    const digest = createHash('sha256');
    for (const one of values) digest.update(one);
    return digest.digest('hex');
  };
  const fitted = (seed: number, threads: number): string =>
    hashOf(
      Object.values<Float32Array>({ ...fitSequence(interactions, OPTIONS, { seed, threads }).parameters }),
    );

  it('gives the same bytes for a seed, on one thread and on several', () => {
    const first = fitted(1, 1);
    expect(fitted(1, 1)).toBe(first);
    for (const threads of [2, 2, 3, 5]) expect(fitted(1, threads)).toBe(first);
    expect(fitted(2, 1)).not.toBe(first);
  });

  it('goes on from a stored state as if it had never stopped', () => {
    const state = startSequence(interactions, OPTIONS, 1);
    trainSequence(interactions, OPTIONS, { seed: 1 }, state, 1);
    const stored = structuredClone(state);
    trainSequence(interactions, OPTIONS, { seed: 1 }, stored, OPTIONS.epochs);
    const model = sequenceOf(stored, OPTIONS);
    expect(hashOf(Object.values<Float32Array>({ ...model.parameters }))).toBe(fitted(1, 1));
  });
});

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => max(most, abs(value - b[i])), 0);
}
