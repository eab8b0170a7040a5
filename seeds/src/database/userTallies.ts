import type { Dataset } from '../dataset/dataset.ts';
import { RatingTally } from '../ratings/tally.ts';

/** One user's ratings, counted; valid until the next user. */
export interface UserTally {
  userId: number;
  all: RatingTally;
  /** By ascending genreId; genres that the user never rated are absent. */
  shares: { genreId: number; ratingCount: number; halfStarSum: number }[];
}

/**
 * Counts the ratings of one user after the other, by ascending userId.
 * @param genreIdsOf genres by place in the data set's movies; null where shares are not asked for
 */
export function* eachUser(
  { ratings, movieIndex, genres }: Pick<Dataset, 'ratings' | 'movieIndex' | 'genres'>,
  genreIdsOf: readonly number[][] | null,
): Generator<UserTally> {
  const all = new RatingTally();
  // [genreId]; genres are numbered from 1.
  const counts = new Int32Array(genres.length + 1);
  const sums = new Int32Array(genres.length + 1);
  let userId = -1;
  const finish = (): UserTally => {
    const shares: UserTally['shares'] = [];
    for (let genreId = 1; genreId < counts.length; genreId++) {
      const ratingCount = counts[genreId] ?? 0;
      if (ratingCount > 0) shares.push({ genreId, ratingCount, halfStarSum: sums[genreId] ?? 0 });
    }
    return { userId, all, shares };
  };
  for (const { length, userIds, movieIds, halfStars } of ratings.blocks()) {
    for (let index = 0; index < length; index++) {
      const rater = userIds[index] ?? 0;
      if (rater !== userId) {
        if (userId >= 0) yield finish();
        userId = rater;
        all.clear();
        counts.fill(0);
        sums.fill(0);
      }
      const value = halfStars[index] ?? 0;
      all.add(value);
      if (!genreIdsOf) continue;
      for (const genreId of genreIdsOf[movieIndex.indexOf(movieIds[index] ?? 0)] ?? []) {
        counts[genreId] = (counts[genreId] ?? 0) + 1;
        sums[genreId] = (sums[genreId] ?? 0) + value;
      }
    }
  }
  if (userId >= 0) yield finish();
}
