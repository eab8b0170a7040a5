import { describe, expect, it } from '@jest/globals';
import type { Interactions } from '../data/interactions.ts';
import { interactionsOf } from '../test/modelContract.ts';
import { FITS_IN_ROUNDS } from './fitInRounds.ts';
import type { FitInRounds, RoundFitName } from './fitInRounds.ts';
import { takeShare } from './rounds.ts';
import type { FitState } from './rounds.ts';

const NUM_ITEMS = 5;
const HISTORIES = [[0, 1, 2], [], [3, 4], [1, 2, 4], [0, 3]];
const all = interactionsOf(HISTORIES, NUM_ITEMS);
const OPTIONS: Record<RoundFitName, object> = {
  item2vec: { dim: 3, window: 2, negatives: 2, epochs: 2, learningRate: 0.05 },
  matrixFactorization: { dim: 3, epochs: 2, learningRate: 0.05, regularization: 0.01, negatives: 2 },
  neuralCF: {
    embeddingDim: 3,
    hiddenDims: [4, 2],
    negatives: 2,
    epochs: 2,
    learningRate: 0.01,
    batchSize: 2,
  },
};

const startOf = (name: RoundFitName, interactions: Interactions, first: number): FitState => {
  const fit = FITS_IN_ROUNDS[name] as unknown as FitInRounds<object, FitState, unknown>;
  return fit.start(interactions, OPTIONS[name], 7, { first, all: HISTORIES.length });
};

describe.each(Object.keys(OPTIONS) as RoundFitName[])('the start of %s over two partitions', (name) => {
  const whole = startOf(name, all, 0);
  const parts = [
    startOf(name, interactionsOf(HISTORIES.slice(0, 2), NUM_ITEMS), 0),
    startOf(name, interactionsOf(HISTORIES.slice(2), NUM_ITEMS), 2),
  ];

  it('is that of one piece: what is shared in both, the users each in one', () => {
    for (const part of parts) {
      expect(part.items).toEqual(whole.items);
      expect(part.network).toEqual(whole.network);
    }
    for (const [table, values] of Object.entries(whole.users)) {
      expect(parts.flatMap(({ users }) => [...users[table]])).toEqual([...values]);
    }
  });

  it('has each draw by itself', () => {
    expect(parts[0].random.seed).toEqual(whole.random.seed);
    expect(parts[1].random.seed).not.toEqual(whole.random.seed);
  });
});

describe('takeShare', () => {
  const stateOf = (item: number, bias: number): FitState => ({
    epoch: 1,
    items: { vectors: Float32Array.of(item, item) },
    network: { bias: Float64Array.of(bias) },
    users: {},
    random: { order: new Int32Array(0), seed: new Int32Array(1) },
  });
  const before = { items: { vectors: Float32Array.of(1, 1) } };

  /** Puts two partitions together, the first of three in four ratings: its item moved by 0.25, that of the other by 0.5. */
  function together(samples: number): { vectors: number[]; bias: number } {
    const states = [stateOf(1.25, 4), stateOf(1.5, 8)];
    states.forEach((state, place) =>
      takeShare(state, before, {
        numPartitions: 2,
        share: place === 0 ? 0.75 : 0.25,
        samples: Float64Array.of(0, samples),
        pull: 0.03,
      }),
    );
    const vectors = [0, 1].map((item) => states[0].items.vectors[item] + states[1].items.vectors[item]);
    return { vectors, bias: states[0].network.bias[0] + states[1].network.bias[0] };
  }

  it("means the network's numbers, weighted by ratings", () => expect(together(1).bias).toBe(5));

  it('adds the changes of an item up where it is seldom trained, and means them where often', () => {
    expect(together(0).vectors).toEqual([1.75, 1.75]);
    expect(together(1e6).vectors[1]).toBeCloseTo(1.375, 6);
    expect(together(30).vectors[1]).toBeGreaterThan(1.375);
    expect(together(30).vectors[1]).toBeLessThan(1.75);
  });

  it('leaves the state of a single partition as it is, to the bit', () => {
    const state = stateOf(0.1 + 0.2, 1 / 3);
    const round = { numPartitions: 1, share: 1, samples: Float64Array.of(3, 4), pull: 0.03 };
    takeShare(state, before, round);
    expect(state).toEqual(stateOf(0.1 + 0.2, 1 / 3));
  });
});
