import { beforeAll, describe, expect, it } from '@jest/globals';
import type { HistoryEntry } from '../../data/history.ts';
import { groupByUser } from '../../data/interactions.ts';
import { randomInt, seededRandom } from '../../random/random.ts';
import { encodeSequence } from './encode.ts';
import { fitSequence } from './index.ts';
import type { SequenceHistory, SequenceModel } from './index.ts';
import { sequenceShares, sharesOfVector } from './shares.ts';

const NUM_USERS = 120;
const NUM_ITEMS = 60;
const LENGTH = 16;
const DIM = 16;

/** Walks among sixty items in six groups: mostly on to one of the same group, now and then into another one. */
function walks(): number[][] {
  const random = seededRandom(4);
  return Array.from({ length: NUM_USERS }, () => {
    let group = randomInt(random, 6);
    return Array.from({ length: LENGTH }, () => {
      if (random() < 0.15) group = randomInt(random, 6);
      return 10 * group + randomInt(random, 10);
    });
  });
}

const histories = walks();
let model: SequenceModel;
beforeAll(() => {
  const rows = histories.flatMap((items, user) => items.map((item, place) => ({ user, item, place })));
  const interactions = groupByUser(
    {
      userIndices: Int32Array.from(rows, ({ user }) => user),
      itemIndices: Int32Array.from(rows, ({ item }) => item),
      ratings: Float32Array.from(rows, ({ place }) => 3 + (place % 3)),
      timestamps: Float64Array.from(rows, ({ place }) => 1e9 + 60 * place),
    },
    NUM_USERS,
    NUM_ITEMS,
  );
  model = fitSequence(
    interactions,
    {
      dim: DIM,
      length: 12,
      blocks: 2,
      heads: 2,
      hiddenDim: 32,
      epochs: 30,
      learningRate: 0.005,
      batchSize: 16,
      negatives: 16,
      dropout: 0.1,
      loss: 'softmax',
      gaps: true,
      ratings: true,
      crops: true,
      averaging: 0,
    },
    { seed: 1 },
  );
});

function historyOf(items: readonly number[]): SequenceHistory {
  return { items, ratings: items.map(() => 4), timestamps: items.map((_, place) => 1e9 + 60 * place) };
}

function scoreOf(vector: ArrayLike<number>, item: number, start = 0): number {
  const { itemEmbeddings } = model.parameters;
  let score = 0;
  for (let c = 0; c < DIM; c++) score += vector[start + c] * itemEmbeddings[item * DIM + c];
  return score;
}

describe('the shares of a history in a sequence vector', () => {
  it('are what the vector loses without each, and none of entries that the model does not read', () => {
    const items = histories[0];
    const shares = sharesOfVector(model, historyOf(items));
    expect(shares).toHaveLength(12 * DIM);
    const whole = encodeSequence(model, historyOf(items));
    for (const place of [LENGTH - 1, LENGTH - 5]) {
      const { ratings, timestamps } = historyOf(items);
      const others = (values: ArrayLike<number> = []) => Array.from(values).filter((_, at) => at !== place);
      const before = encodeSequence(model, {
        items: others(items),
        ratings: others(ratings),
        timestamps: others(timestamps),
      });
      const row = place - (LENGTH - 12);
      for (let c = 0; c < DIM; c++) expect(shares[row * DIM + c]).toBeCloseTo(whole[c] - before[c], 6);
    }
  });

  it('are of as many of the latest entries as can be left out in some milliseconds', () => {
    const long = { ...model, length: 100 };
    const longer = { ...long, parameters: { ...model.parameters, positions: new Float32Array(100 * DIM) } };
    const items = Array.from({ length: 40 }, (_, place) => place);
    const shares = sharesOfVector(longer, historyOf(items));
    expect(shares).toHaveLength(6 * DIM);
    const last = encodeSequence(longer, historyOf(items.slice(0, -1)));
    const whole = encodeSequence(longer, historyOf(items));
    for (let c = 0; c < DIM; c++) expect(shares[5 * DIM + c]).toBeCloseTo(whole[c] - last[c], 6);
  });

  it('are the whole vector of a history of one entry, and nothing of an empty one', () => {
    expect(sharesOfVector(model, historyOf([7]))).toEqual(encodeSequence(model, historyOf([7])));
    expect(sharesOfVector(model, historyOf([]))).toHaveLength(0);
  });

  it('name first one of the three entries without which a score falls most, for most users', () => {
    let named = 0;
    for (const items of histories) {
      const history = historyOf(items);
      const vector = encodeSequence(model, history);
      const candidates = Array.from({ length: NUM_ITEMS }, (_, item) => item).filter(
        (item) => !items.includes(item),
      );
      const best = candidates.reduce((one, other) =>
        scoreOf(vector, other) > scoreOf(vector, one) ? other : one,
      );
      const shares = sharesOfVector(model, history);
      const numBefore = items.length - shares.length / DIM;
      const found = items.map((_, place) =>
        place < numBefore ? 0 : scoreOf(shares, best, (place - numBefore) * DIM),
      );
      const falls = items.map(
        (_, place) =>
          scoreOf(vector, best) -
          scoreOf(encodeSequence(model, historyOf(items.filter((_item, at) => at !== place))), best),
      );
      const first = found.indexOf(Math.max(...found));
      const larger = falls.filter((fall) => fall > falls[first]).length;
      if (larger < 3) named++;
    }
    expect(named / NUM_USERS).toBeGreaterThan(0.6);
  });

  it('are computed once for a folded history', () => {
    const entries: HistoryEntry[] = histories[1].map((itemIndex) => ({ itemIndex, rating: 4 }));
    const folded = {
      entries,
      items: Int32Array.from(histories[1]),
      weights: () => new Float32Array(LENGTH),
    };
    expect(sequenceShares(model, folded)).toBe(sequenceShares(model, folded));
  });
});
