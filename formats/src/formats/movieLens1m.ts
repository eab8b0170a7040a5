import { csvRatings } from './csv.ts';
import type { Format } from './format.ts';
import { datMovies, datRatings } from './movieLens10m.ts';

/** ml-1m: `::` between columns; benchmarks split from it bring `ratings.csv` beside the original `movies.dat`. */
export const movieLens1m: Format = {
  name: 'MovieLens 1M',
  signs: ['users.dat'],
  movies: datMovies,
  ratings: [datRatings, csvRatings],
};
