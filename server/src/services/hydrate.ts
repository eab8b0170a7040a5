import type { Movie } from '@pocketrocket/schema';
import type { RequestScope } from './requestScope.ts';

/** Pairs things with their movies, in one batch and in their order; what names a movie that is gone is left out. */
export async function hydrate<T>(
  scope: RequestScope,
  things: readonly T[],
  movieIdOf: (thing: T) => number,
): Promise<{ of: T; movie: Movie }[]> {
  const found = things.map((thing) => scope.shownMovie(movieIdOf(thing)));
  const movies = await settled(found);
  return things.flatMap((thing, index) => {
    const movie = movies[index];
    return movie ? [{ of: thing, movie }] : [];
  });
}

/** Waits for those that are not there yet; where all are, for none. */
async function settled<T>(values: readonly (T | Promise<T>)[]): Promise<readonly T[]> {
  const there = values.filter(
    (value): value is Exclude<typeof value, Promise<T>> => !(value instanceof Promise),
  );
  return there.length === values.length ? there : Promise.all(values.map(async (value) => value));
}
