import type { RawMovie, RawRating } from '../rows/rows.ts';
import type { Format } from './format.ts';
import { separatedTable } from './separatedTable.ts';

/** The flags that close a line of `u.item`, in their order. */
const GENRES = [
  'unknown',
  'Action',
  'Adventure',
  'Animation',
  "Children's",
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Fantasy',
  'Film-Noir',
  'Horror',
  'Musical',
  'Mystery',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
];
/** Id, title, release date, video release date, IMDb address. */
const COLUMNS_BEFORE_GENRES = 5;

/** ml-100k: `u.item` with a flag per genre, `u.data` with tabs. */
export const movieLens100k: Format = {
  name: 'MovieLens 100K',
  signs: [],
  movies: separatedTable<RawMovie>(
    '|',
    COLUMNS_BEFORE_GENRES + GENRES.length,
    { file: 'u.item', content: 'movieId|title|date||address|genre flags' },
    (fields) => ({
      movieId: fields[0] ?? '',
      title: fields[1] ?? '',
      releaseYear: null,
      genres: GENRES.filter((_, index) => fields[COLUMNS_BEFORE_GENRES + index] === '1'),
    }),
  ),
  ratings: [
    separatedTable<RawRating>(
      '\t',
      4,
      { file: 'u.data', content: 'userId, movieId, rating and timestamp with tabs' },
      ([userId = '', movieId = '', rating = '', timestamp = '']) => ({ userId, movieId, rating, timestamp }),
    ),
  ],
};
