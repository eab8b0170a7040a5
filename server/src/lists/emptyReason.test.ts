import { expect, it } from '@jest/globals';
import type { ResolvedFilter } from '../catalogue/movieFilter.ts';
import { tableOf } from '../test/movieTable.ts';
import { emptyReason } from './emptyReason.ts';

const NO_FILTER: ResolvedFilter = {
  genreIds: [],
  excludeGenreIds: [],
  withoutGenres: false,
  yearFrom: null,
  yearTo: null,
  minRatingCount: 0,
  maxRatingCount: null,
  minAverageRating: null,
  excludeMovieIds: [],
};
const catalogueOf = (...years: number[]) => ({
  movies: tableOf(years.map((releaseYear, index) => ({ movieId: index + 1, releaseYear }))),
});

it.each([
  ['the catalogue has no movies', [], {}, []],
  ['every movie of the catalogue is rated', [1990, 2000], {}, [2, 1, 77]],
  ['every movie that passes the filter is rated', [1990, 2000], { yearFrom: 1995 }, [2]],
  ['no movie passes the filter', [1990, 2000], { yearFrom: 2010 }, [2, 1]],
  ['the model knows none of the movies that are not rated yet', [1990, 2000], {}, [1]],
  ['every movie of the catalogue is rated or dismissed', [1990, 2000], {}, [2], [1]],
  ['the model knows none of the movies that are not rated or dismissed yet', [1990, 2000], {}, [], [1]],
] as const)('%s', (reason, years, filter, seen, dismissed: readonly number[] = []) => {
  const history = { seen: Int32Array.from(seen), dismissed: Int32Array.from(dismissed) };
  expect(emptyReason(catalogueOf(...years), { ...NO_FILTER, ...filter }, history)).toBe(reason);
});
