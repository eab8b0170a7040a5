import type { Movie } from '@pocketrocket/schema';
import type { RequestScope } from './requestScope.ts';

/** Pairs things with their movies, in one batch and in their order; what names a movie that is gone is left out. */
export async function hydrate<T>(
  scope: RequestScope,
  things: readonly T[],
  movieIdOf: (thing: T) => number,
): Promise<{ of: T; movie: Movie }[]> {
  const movies = await Promise.all(things.map((thing) => scope.movies.load(movieIdOf(thing))));
  return things.flatMap((thing, index) => {
    const movie = movies[index];
    return movie ? [{ of: thing, movie }] : [];
  });
}
