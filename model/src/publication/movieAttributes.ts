import type { AttributesOf } from '../redis/modelStore.ts';

/** The facts of a movie that a vector set can be filtered by. */
export interface DescribedMovie {
  releaseYear: number | null;
  /** Names. */
  genres: readonly string[];
}

/**
 * Makes the attributes that the vector set keeps of each movie.
 * @param movieOf the movie by movieId; null or undefined for one that is not known, which has no attributes
 */
export function attributesOfMovies(
  movieOf: (movieId: number) => DescribedMovie | null | undefined,
): AttributesOf {
  return (movieId) => {
    const movie = movieOf(movieId);
    return movie ? { year: movie.releaseYear, genres: movie.genres } : null;
  };
}
