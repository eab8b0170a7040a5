import type { Movie } from '@pocketrocket/schema';
import type { RequestScope } from './requestScope.ts';

/** Pairs things with their movies, in one batch and in their order; what names a movie that is gone is left out. */
export async function withMovies<T>(
  scope: RequestScope,
  things: readonly T[],
  movieIdOf: (thing: T) => number,
): Promise<{ of: T; movie: Movie }[]> {
  const found = things.map((thing) => scope.movieForAnswer(movieIdOf(thing)));
  // Most are there: nothing is waited for then.
  const movies = found.every(isThere) ? found : await Promise.all(found.map(async (movie) => movie));
  const paired: { of: T; movie: Movie }[] = [];
  things.forEach((thing, index) => {
    const movie = movies[index];
    if (movie) paired.push({ of: thing, movie });
  });
  return paired;
}

function isThere(movie: Movie | Promise<Movie | null>): movie is Movie {
  return !(movie instanceof Promise);
}
