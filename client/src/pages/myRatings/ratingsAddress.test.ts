import { describe, expect, it } from '@jest/globals';
import { ratingOrderOf } from '../filmList/ratingOrders.ts';
import { ratingFilterOf } from './ratingsAddress.ts';

const filterOf = (search: string) => ratingFilterOf(new URLSearchParams(search));

describe("the address of one's ratings", () => {
  it('asks for all where it names nothing, or nothing that is offered', () => {
    for (const search of ['', 'q=', 'q=%20', 'stars=9', 'decade=1234', 'genre='])
      expect(filterOf(search)).toBeNull();
    expect(ratingOrderOf(new URLSearchParams('order=x'))).toBe('RATED_AT_DESC');
  });

  it('asks for what it names', () => {
    expect(filterOf('q=heat&genre=Drama&stars=4&decade=1990')).toEqual({
      text: 'heat',
      genres: ['Drama'],
      minRating: 4,
      maxRating: 4.5,
      yearFrom: 1990,
      yearTo: 1999,
    });
    expect(filterOf('decade=before&stars=low')).toEqual({ yearTo: 1949, minRating: 0.5, maxRating: 1.5 });
  });
});
