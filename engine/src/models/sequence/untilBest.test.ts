import { describe, expect, it } from '@jest/globals';
import { groupByUser } from '../../data/interactions.ts';
import { evaluateScorer } from '../../evaluation/evaluate.ts';
import { ndcgAtK } from '../../metrics/ranking.ts';
import { randomInt, seededRandom } from '../../random/random.ts';
import { sequenceScorer } from '../../test/sequenceScorer.ts';
import type { EpochProgress, HeldOutItems } from '../fitting.ts';
import { fitSequence } from './index.ts';
import type { SequenceOptions } from './index.ts';
import { fitUntilBest, ndcgOfHeldOut } from './untilBest.ts';

const NUM_USERS = 20;
const NUM_ITEMS = 24;
const LENGTH = 10;

/** Each item is followed by the next one. */
const rows = Array.from({ length: NUM_USERS }, (_, user) =>
  Array.from({ length: LENGTH }, (_, place) => ({ user, item: (5 * user + place) % NUM_ITEMS, place })),
).flat();
const interactions = groupByUser(
  {
    userIndices: Int32Array.from(rows, ({ user }) => user),
    itemIndices: Int32Array.from(rows, ({ item }) => item),
    ratings: new Float32Array(rows.length).fill(4),
    timestamps: Float64Array.from(rows, ({ place }) => place),
  },
  NUM_USERS,
  NUM_ITEMS,
);
const heldOut: HeldOutItems = {
  userIndices: Int32Array.from({ length: NUM_USERS }, (_, user) => user),
  offsets: Int32Array.from({ length: NUM_USERS + 1 }, (_, user) => user),
  items: Int32Array.from({ length: NUM_USERS }, (_, user) => (5 * user + LENGTH) % NUM_ITEMS),
};
const OPTIONS: SequenceOptions = {
  dim: 16,
  length: 6,
  blocks: 1,
  heads: 2,
  hiddenDim: 16,
  epochs: 12,
  learningRate: 0.01,
  batchSize: 8,
  negatives: 8,
  dropout: 0,
  loss: 'softmax',
  gaps: false,
  ratings: false,
  crops: true,
  averaging: 0,
};

describe('a sequence fit by held-out items', () => {
  it('gives the model of the epoch that found them best, and reports every epoch in turn', () => {
    const reported: EpochProgress[] = [];
    const model = fitUntilBest(interactions, OPTIONS, {
      seed: 1,
      heldOut,
      onEpoch: (progress) => reported.push(progress),
    });
    expect(reported.map(({ epoch }) => epoch)).toEqual(reported.map((_, place) => place + 1));
    const measured = reported.filter(({ ndcgAt10 }) => ndcgAt10 !== undefined);
    expect(measured.map(({ epoch }) => epoch % 2)).toEqual(measured.map(() => 0));
    const best = Math.max(...measured.map(({ ndcgAt10 = 0 }) => ndcgAt10));
    expect(ndcgOfHeldOut(model, interactions, heldOut)).toBe(best);
    const { epoch: epochs = 0 } = measured.find(({ ndcgAt10 }) => ndcgAt10 === best) ?? {};
    const again = fitSequence(interactions, { ...OPTIONS, epochs }, { seed: 1 });
    expect(again.parameters.itemEmbeddings).toEqual(model.parameters.itemEmbeddings);
  });

  it('keeps the best where it diverges, and says so with the last epoch', () => {
    const reported: EpochProgress[] = [];
    const model = fitUntilBest(
      interactions,
      // So large that single precision ends in epoch 6.
      { ...OPTIONS, learningRate: 3e9 },
      { seed: 1, heldOut, onEpoch: (progress) => reported.push(progress) },
    );
    expect(reported.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    expect(reported.map(({ endedBy }) => endedBy).slice(0, 4)).toEqual(Array(4).fill(undefined));
    expect(reported[4].endedBy).toMatch(
      /^sequence: the loss is not finite in epoch 6 of 12 .*lower learning rate/,
    );
    const best = Math.max(...reported.map(({ ndcgAt10 = 0 }) => ndcgAt10));
    expect(ndcgOfHeldOut(model, interactions, heldOut)).toBe(best);
  });

  it('finds nothing by scores that are no numbers', () => {
    const model = fitSequence(interactions, { ...OPTIONS, epochs: 1 }, { seed: 2 });
    const itemEmbeddings = new Float32Array(model.parameters.itemEmbeddings.length).fill(NaN);
    const broken = { ...model, parameters: { ...model.parameters, itemEmbeddings } };
    expect(ndcgOfHeldOut(broken, interactions, heldOut)).toBe(0);
  });

  it('measures as the evaluation does', () => {
    const model = fitSequence(interactions, { ...OPTIONS, epochs: 1 }, { seed: 2 });
    const random = seededRandom(3);
    const several = Array.from({ length: NUM_USERS }, (_, user) => {
      const seen = interactions.itemIndices.subarray(user * LENGTH, (user + 1) * LENGTH);
      const items = new Set<number>();
      while (items.size < 3) {
        const item = randomInt(random, NUM_ITEMS);
        if (!seen.includes(item)) items.add(item);
      }
      return Int32Array.from(items);
    });
    const cases = several.map((relevant, userIndex) => ({ userIndex, relevant, negatives: null }));
    const outcomes = evaluateScorer(cases, interactions, sequenceScorer(model, interactions));
    const expected = outcomes.reduce((sum, { ranks }) => sum + ndcgAtK(ranks, 10) / NUM_USERS, 0);
    const found = ndcgOfHeldOut(model, interactions, {
      userIndices: heldOut.userIndices,
      offsets: Int32Array.from({ length: NUM_USERS + 1 }, (_, user) => 3 * user),
      items: Int32Array.from(several.flatMap((items) => [...items])),
    });
    expect(found).toBeCloseTo(expected, 6);
  });
});
