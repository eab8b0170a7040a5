import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../random/random.ts';
import { PairsOfParts, sumPairs } from './pairSums.ts';
import type { PairSums } from './pairSums.ts';

const NUM_ITEMS = 30;

/** Sums of some rows at random columns, of weights that round when they are added. */
function randomPart(seed: number, firstItem = 0, rows = NUM_ITEMS): PairSums {
  const random = seededRandom(seed);
  const columns = Array.from({ length: rows }, () =>
    Array.from({ length: NUM_ITEMS }, (_, column) => column).filter(() => random() < 0.3),
  );
  const offsets = Int32Array.of(0, ...columns.map(({ length }) => length));
  for (let row = 0; row < rows; row++) offsets[row + 1] += offsets[row];
  const items = Int32Array.from(columns.flat());
  return { firstItem, offsets, items, sums: Float64Array.from(items, () => random() / 3) };
}

describe('PairsOfParts', () => {
  const parts = Array.from({ length: 40 }, (_, seed) => randomPart(seed));

  it('adds in the order of the parts, however often it sums them up on the way', () => {
    const sumsOf = (fewEntries: number): PairSums => {
      const pairs = new PairsOfParts(NUM_ITEMS, [0, NUM_ITEMS], fewEntries);
      for (const part of parts) pairs.add(part);
      return sumPairs(pairs, NUM_ITEMS, [0, NUM_ITEMS]);
    };
    const atTheEnd = sumsOf(Infinity);
    expect(sumsOf(100)).toEqual(atTheEnd);
    const first = parts.reduce((sum, { offsets, items, sums }) => {
      const place = items.subarray(0, offsets[1]).indexOf(7);
      return place < 0 ? sum : sum + sums[place];
    }, 0);
    expect(atTheEnd.sums[atTheEnd.items.subarray(0, atTheEnd.offsets[1]).indexOf(7)]).toBe(first);
  });

  it('takes rows of its items alone', () => {
    const pairs = new PairsOfParts(NUM_ITEMS, [10, 20]);
    pairs.add(randomPart(1, 12, 3));
    expect(() => pairs.add(randomPart(1, 9, 3))).toThrow('pairs of items 9 … 11, not 10 … 19');
    expect(() => pairs.add(randomPart(1, 18, 3))).toThrow(RangeError);
  });
});
