import type { InteractionRows, Interactions } from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';

/** A rating of at least so many stars says that the user liked the movie. */
const LIKED_STARS = 3;

/**
 * Refuses data from which nobody could learn how tastes differ.
 * @param remedy what to do about it, as the end of a sentence
 * @throws AppError BAD_DATA
 */
export function checkLearnable(rows: InteractionRows, remedy: string): void {
  const problem = thinness(rows);
  if (problem !== null) throw new AppError('BAD_DATA', `${problem}; ${remedy}`);
}

/** Below that there is no movie beside the two that somebody rated. */
const LEAST_MOVIES = 3;

function thinness({ userIndices, itemIndices }: InteractionRows): string | null {
  if (userIndices.length === 0) return 'there are no ratings to learn from';
  const numUsers = new Set(userIndices).size;
  const numMovies = new Set(itemIndices).size;
  if (numUsers === 1) return 'all ratings are by one user: tastes cannot be compared';
  if (numUsers === userIndices.length)
    return 'no user has rated two movies: there are no co-occurrences to learn from';
  if (numMovies < LEAST_MOVIES)
    return `only ${numMovies} movies are rated: at least ${LEAST_MOVIES} are needed to compare them`;
  if (userIndices.length === numUsers * numMovies)
    return 'every user has rated every movie: there is nothing left to recommend';
  return null;
}

/** Describes the problem of ratings none of which is a like; null where one is. */
export function nothingLiked({ ratings }: InteractionRows): string | null {
  if (ratings.some((rating) => rating >= LIKED_STARS)) return null;
  return `no rating reaches ${LIKED_STARS} stars: there is no sign of what anyone likes`;
}

/** True where some history has two interactions, the least from which an item can be seen beside another. */
export function hasSequences({ userOffsets }: Interactions): boolean {
  return userOffsets.some((start, userIndex) => (userOffsets[userIndex + 1] ?? start) - start >= 2);
}
