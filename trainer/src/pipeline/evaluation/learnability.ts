import type { InteractionRows, Interactions } from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';

/** A rating of at least so many stars says that the user liked the movie. */
const LIKED_STARS = 3;

/**
 * Refuses data from which nobody could learn how tastes differ.
 * @param remedy what to do about it, as the end of a sentence
 * @throws AppError BAD_DATA
 */
export function checkLearnable({ userIndices }: InteractionRows, remedy: string): void {
  if (userIndices.length === 0) {
    throw new AppError('BAD_DATA', `there are no ratings to learn from; ${remedy}`);
  }
  const first = userIndices[0];
  if (userIndices.every((userIndex) => userIndex === first)) {
    throw new AppError('BAD_DATA', `all ratings are by one user: tastes cannot be compared; ${remedy}`);
  }
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
