import { AppError } from '@pocketrocket/runtime';
import type { RatingFacts } from '../ratings/ratingFacts.ts';
import type { Ratings } from '../ratings/ratings.ts';

/** A rating of at least so many stars says that the user liked the movie. */
const LIKED_STARS = 3;

/**
 * Refuses data from which nobody could learn how tastes differ.
 * @param remedy what to do about it, as the end of a sentence
 * @throws AppError BAD_DATA
 */
export function checkLearnable(counts: RatingCounts, remedy: string): void {
  const problem = thinness(counts);
  if (problem !== null) throw new AppError('BAD_DATA', `${problem}; ${remedy}`);
}

/** Counts ratings by what they name, [size]. */
export function countsOf(indices: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (const index of indices) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

type RatingCounts = Pick<Ratings, 'userCounts' | 'itemCounts'>;

/** Below that there is no movie beside the two that somebody rated. */
const LEAST_MOVIES = 3;

function thinness({ userCounts, itemCounts }: RatingCounts): string | null {
  const numRatings = userCounts.reduce((sum, count) => sum + count, 0);
  if (numRatings === 0) return 'there are no ratings to learn from';
  const numUsers = numOfAny(userCounts);
  const numMovies = numOfAny(itemCounts);
  if (numUsers === 1) return 'all ratings are by one user: tastes cannot be compared';
  if (numUsers === numRatings)
    return 'no user has rated two movies: there are no co-occurrences to learn from';
  if (numMovies < LEAST_MOVIES)
    return `only ${numMovies} movies are rated: at least ${LEAST_MOVIES} are needed to compare them`;
  if (numRatings === numUsers * numMovies)
    return 'every user has rated every movie: there is nothing left to recommend';
  return null;
}

function numOfAny(counts: Int32Array): number {
  return counts.reduce((sum, count) => sum + Number(count > 0), 0);
}

/** Describes the problem of ratings none of which is a like; null where one is. */
export function nothingLiked({ histogram }: Pick<RatingFacts, 'histogram'>): string | null {
  if (histogram.some(({ stars }) => stars >= LIKED_STARS)) return null;
  return `no rating reaches ${LIKED_STARS} stars: there is no sign of what anyone likes`;
}

/** True where some history has two interactions, the least from which an item can be seen beside another. */
export function hasSequences({ userCounts }: Pick<Ratings, 'userCounts'>): boolean {
  return userCounts.some((count) => count >= 2);
}
