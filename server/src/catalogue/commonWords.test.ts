import { describe, expect, it } from '@jest/globals';
import { searchOf } from '../test/searchOf.ts';

describe('common words', () => {
  const NUM_MOVIES = 5_002;
  const movies = Array.from({ length: NUM_MOVIES }, (_, place) => ({
    movieId: place + 1,
    title: place === 5_000 ? 'Love Lynx' : `Love Film${place}`,
    alternativeTitles: [],
    ratingCount: place % 1_000,
  }));
  const search = searchOf(movies);

  it('are passed over beside others', () => {
    expect(search.find('love lynx', 10)).toEqual([5_001]);
    expect(search.find('love', NUM_MOVIES)).toHaveLength(NUM_MOVIES);
  });

  it('are answered by the most rated movies where they are unfinished', () => {
    expect(search.find('lo', 200)).toHaveLength(100);
    expect(search.find('l', 6)).toEqual([1_000, 2_000, 3_000, 4_000, 5_000, 999]);
    expect(search.find('ly', 200)).toEqual([5_001]);
  });
});
