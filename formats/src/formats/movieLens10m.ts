import type { RawMovie, RawRating } from '../rows/rows.ts';
import type { Format, TableFormat } from './format.ts';
import { separatedTable } from './separatedTable.ts';

/** `MovieID::Title::Genres`. */
export function datMovies(encoding: 'utf-8' | 'latin1'): TableFormat<RawMovie> {
  const table = { file: 'movies.dat', encoding };
  return separatedTable('::', 3, table, ([movieId = '', title = '', genres = '']) => ({
    movieId,
    title,
    releaseYear: null,
    genres: genres.split('|'),
  }));
}

/** `UserID::MovieID::Rating::Timestamp`. */
export const datRatings: TableFormat<RawRating> = separatedTable(
  '::',
  4,
  { file: 'ratings.dat', encoding: 'utf-8' },
  ([userId = '', movieId = '', rating = '', timestamp = '']) => ({ userId, movieId, rating, timestamp }),
);

/** ml-10m: `::` between columns, UTF-8. */
export const movieLens10m: Format = {
  name: 'MovieLens 10M',
  signs: [],
  movies: datMovies('utf-8'),
  ratings: [datRatings],
};
