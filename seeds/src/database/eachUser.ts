import { GenreTally, RatingTally, type GenreShare } from '@pocketrocket/schema/database';
import type { Dataset } from '../dataset/dataset.ts';

/** One user's ratings, counted; valid until the next user. */
export interface UserTally {
  userId: number;
  all: RatingTally;
  /** By ascending genreId; genres that the user never rated are absent. */
  shares: GenreShare[];
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
  const byGenre = new GenreTally(genres.length);
  let userId = -1;
  const finish = (): UserTally => ({ userId, all, shares: genreIdsOf ? byGenre.shares() : [] });
  for (const { length, userIds, movieIds, halfStars } of ratings.blocks()) {
    for (let index = 0; index < length; index++) {
      const rater = userIds[index] ?? 0;
      if (rater !== userId) {
        if (userId >= 0) yield finish();
        userId = rater;
        all.clear();
        byGenre.clear();
      }
      const value = halfStars[index] ?? 0;
      all.add(value);
      if (genreIdsOf) byGenre.add(genreIdsOf[movieIndex.indexOf(movieIds[index] ?? 0)] ?? [], value);
    }
  }
  if (userId >= 0) yield finish();
}
