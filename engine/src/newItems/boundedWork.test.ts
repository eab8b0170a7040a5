import { describe, expect, it } from '@jest/globals';
import type { ItemMixture } from '../data/itemMixture.ts';
import { withMixedItems } from '../sparse/mixedItems.ts';
import { CandidateRows } from './candidateRows.ts';
import { KnownItems } from './knownItems.ts';
import type { ItemContent } from './mixFromContent.ts';

const film = (title: string, releaseYear: number | null, ...genres: string[]): ItemContent => ({
  title,
  releaseYear,
  genres,
});

describe('what a new item is compared with', () => {
  // One word, and two genres, that a thousand known items share: the later, the more often rated.
  const known = Array.from({ length: 1000 }, (_, item) =>
    film('Love', 1950 + (item % 70), item % 2 ? 'Drama' : 'Comedy'),
  );
  const counts = Float64Array.from(known, (_, item) => 1 + item);
  const items = new KnownItems(known, counts);
  const rows = new CandidateRows(items);

  it('are a bounded number of items under a word, the most rated ones', () => {
    const [ofWord = []] = [...rows.byWords(items.words.known(['love']))];
    expect(ofWord).toHaveLength(64);
    expect(items.items[ofWord[0]]).toBe(999);
  });

  it('are a bounded number of items of its genres, those of its years among them', () => {
    const ofKind = rows.byKind(items.genres.known(['Drama']), 1961);
    expect(ofKind.length).toBeLessThanOrEqual(12 * (8 + 3 * 12));
    const years = ofKind.map((row) => items.years[row] ?? 0);
    expect(years.filter((year) => Math.abs(year - 1961) <= 5).length).toBeGreaterThan(20);
  });

  it('leave out what nobody has rated', () => {
    expect([
      ...new KnownItems(
        known,
        counts.map((count) => (count > 500 ? count : 0)),
      ).items,
    ]).toHaveLength(500);
  });
});

describe('a matrix with many new items', () => {
  const numItems = 40;
  const numAdded = 20_000;
  // Every known item beside every other one, and every new one made of all of these.
  const matrix = {
    numItems,
    offsets: Int32Array.from({ length: numItems + 1 }, (_, item) => item * (numItems - 1)),
    items: Int32Array.from({ length: numItems * (numItems - 1) }, (_, entry) => {
      const column = entry % (numItems - 1);
      return column + (column >= Math.floor(entry / (numItems - 1)) ? 1 : 0);
    }),
    weights: new Float32Array(numItems * (numItems - 1)).fill(1),
  };
  const mixture: ItemMixture = {
    items: Int32Array.from({ length: 20 }, (_, item) => item),
    weights: new Float32Array(20).fill(0.05),
  };
  const mixtures = Array.from({ length: numAdded }, () => mixture);

  it('has rows of a bounded length, strongest first', () => {
    const { offsets, weights, items } = withMixedItems(matrix, mixtures);
    const lengthOf = (item: number) => offsets[item + 1] - offsets[item];
    for (let item = 0; item < numItems; item++)
      expect(lengthOf(item)).toBeLessThanOrEqual(numItems - 1 + 256);
    for (let item = numItems; item < numItems + numAdded; item += 997)
      expect(lengthOf(item)).toBeLessThanOrEqual(75);
    const last = weights.subarray(offsets[numItems + numAdded - 1]);
    expect([...last]).toEqual([...last].sort((a, b) => b - a));
    expect(Math.max(...items.subarray(0, 1000))).toBeLessThan(numItems + numAdded);
  });
});
