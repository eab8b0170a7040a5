import { describe, expect, it } from '@jest/globals';
import { IdMap } from '@pocketrocket/engine';
import { itemFactsOf } from './ratingTable.ts';

describe('itemFactsOf', () => {
  const ids = { users: IdMap.from([1]), items: IdMap.from([20, 10, 30]) };

  it('gives the years of release in the order of the rows, 0 where unknown', () => {
    const facts = itemFactsOf(
      new Map([
        [10, 1999],
        [20, 2001],
        [99, 2005],
      ]),
      ids,
    );
    expect(Array.from(ids.items.ids, (movieId, row) => [movieId, facts.releaseYears?.[row]])).toEqual(
      Array.from(ids.items.ids, (movieId) => [movieId, { 10: 1999, 20: 2001 }[movieId] ?? 0]),
    );
  });

  it('is without years where none is known', () => {
    expect(itemFactsOf(new Map(), ids)).toEqual({ releaseYears: null });
  });
});
