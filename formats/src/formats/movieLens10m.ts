import type { RawMovie, RawRating, RawTag } from '../rows/rows.ts';
import type { Format, TableFormat } from './format.ts';
import { separatedTable } from './separatedTable.ts';

/** `MovieID::Title::Genres`. */
export const datMovies: TableFormat<RawMovie> = separatedTable(
  '::',
  3,
  { file: 'movies.dat', content: 'movieId::title (year)::genres' },
  ([movieId = '', title = '', genres = '']) => ({ movieId, title, releaseYear: null, genres }),
);

/** `UserID::MovieID::Rating::Timestamp`. */
export const datRatings: TableFormat<RawRating> = separatedTable(
  '::',
  4,
  { file: 'ratings.dat', content: 'userId::movieId::rating::timestamp' },
  ([userId = '', movieId = '', rating = '', timestamp = '']) => ({ userId, movieId, rating, timestamp }),
);

/** `UserID::MovieID::Tag::Timestamp`. */
const datTags: TableFormat<RawTag> = separatedTable(
  '::',
  4,
  { file: 'tags.dat', content: 'userId::movieId::tag::timestamp' },
  ([, movieId = '', tag = '']) => ({ movieId, tag }),
);

/** ml-10m: `::` between columns. */
export const movieLens10m: Format = {
  name: 'MovieLens 10M',
  signs: [],
  movies: datMovies,
  ratings: [datRatings],
  tags: datTags,
};
