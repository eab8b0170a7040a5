import { describe, expect, it } from '@jest/globals';
import { contentsOf } from '../model/modelOfCatalogue.ts';
import { tableOf } from '../test/movieTable.ts';
import { MovieTable } from './movieTable.ts';

const movies = Array.from({ length: 4_500 }, (_, place) => ({
  movieId: 3 * place + 1,
  title: place % 7 === 0 ? '' : `Film ${place} – 千と千尋 𠮷 \0 é`,
  releaseYear: place % 5 === 0 ? null : 1900 + (place % 120),
  ratingCount: place % 11,
  halfStarSum: 7 * (place % 11),
  genreIds: Array.from({ length: place % 4 }, (_, genre) => genre + 1),
}));

describe('a table of movies', () => {
  it('has what was packed', () => {
    const table = tableOf(movies);
    expect(table.length).toBe(movies.length);
    expect(movies.map((_, place) => table.movie(place))).toEqual(movies);
    expect(table.placeOf(4)).toBe(1);
    expect([table.placeOf(5), table.placeOf(-1)]).toEqual([-1, -1]);
    expect(table.numRatings).toBe(movies.reduce((sum, { ratingCount }) => sum + ratingCount, 0));
    expect([table.numGenres(3), table.numGenresOf(3, new Set([2, 3, 9]))]).toEqual([3, 2]);
    expect(contentsOf(table)).toEqual(
      movies.map(({ movieId, title, releaseYear, genreIds }) => ({
        movieId,
        title,
        releaseYear,
        genres: genreIds.map(String),
      })),
    );
  });

  it('changes for all who share it', () => {
    const one = tableOf(movies);
    const other = new MovieTable(structuredClone(one.columns));
    const before = one.numRatings;
    one.recount(3, { ratingCount: 103, halfStarSum: 500 });
    other.recount(4, { ratingCount: 3, halfStarSum: 9 });
    for (const table of [one, other]) {
      expect([table.ratingCount(3), table.halfStarSum(3)]).toEqual([103, 500]);
      expect([table.ratingCount(4), table.halfStarSum(4)]).toEqual([3, 9]);
      expect(table.numRatings).toBe(before + 100 - 1);
    }
  });
});
