import type { Catalogue } from '../../catalogue/catalogue.ts';

/** Lengths of lists in the data at hand, for prices. */
export interface DataSizes {
  movies: number;
  genres: number;
  genresPerMovie: number;
  moviesPerGenre: number;
  /** Ratings of a movie that people ask for: each movie counts as often as it was rated. */
  ratingsPerMovie: number;
  ratingsPerUser: number;
}

/** Sizes of a small data set; they count where nobody says what there is. */
export const USUAL_SIZES: DataSizes = {
  movies: 10_000,
  genres: 20,
  genresPerMovie: 3,
  moviesPerGenre: 1_000,
  ratingsPerMovie: 60,
  ratingsPerUser: 165,
};

const measured = new WeakMap<Catalogue, DataSizes>();

/** The sizes of a catalogue; measured once, since ratings change them slowly. */
export function sizesOfCatalogue(catalogue: Catalogue): DataSizes {
  const known = measured.get(catalogue);
  if (known) return known;
  const { movies, genres, dataset } = catalogue;
  const { ratingCounts, genreIds } = movies.columns;
  const links = genreIds.length;
  const sizes: DataSizes = {
    movies: movies.length,
    genres: genres.length,
    genresPerMovie: links / Math.max(1, movies.length),
    moviesPerGenre: links / Math.max(1, genres.length),
    ratingsPerMovie:
      ratingCounts.reduce((sum, count) => sum + count ** 2, 0) / Math.max(1, movies.numRatings),
    ratingsPerUser: (dataset?.ratingCount ?? 0) / Math.max(1, dataset?.userCount ?? 0),
  };
  measured.set(catalogue, sizes);
  return sizes;
}
