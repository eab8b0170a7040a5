import {
  DatasetEntity,
  HISTOGRAM_COLUMNS,
  histogramCounts,
  MovieEntity,
  MovieGenreEntity,
  RatingEntity,
  toHistogramColumns,
  UserEntity,
  UserGenreEntity,
  weightedRating,
} from '@pocketrocket/schema/database';
import { In, type EntityManager } from 'typeorm';
import type { MovieTally } from '../catalogue/catalogue.ts';

/** A change of one rating; null half stars remove it. */
export interface RatingChange {
  userId: number;
  movieId: number;
  halfStars: number | null;
  nowSeconds: number;
}

/** The outcome of a change, with the movie's number and sum of ratings after it. */
export type RatingWritten =
  | { status: 'written' | 'unchanged'; movie: MovieTally; ratedAtSeconds: number | null }
  | { status: 'noUser' }
  | { status: 'noMovie' };

/**
 * Writes one rating with the aggregates of its movie, user and genres; within a transaction. The same change again changes
 * nothing, the time of the rating neither.
 */
export async function writeRating(manager: EntityManager, change: RatingChange): Promise<RatingWritten> {
  const { userId, movieId, halfStars, nowSeconds } = change;
  // Writes that change nothing lock rows on either database, always in this order; what is read afterwards is the latest. While an
  // import holds the account's row, the other tables are about to be replaced: it comes before anything is read of them.
  await lock(manager, 'account', 'createdAtSeconds', 'userId', userId);
  await lock(manager, 'user', 'ratingCount', 'userId', userId);
  await lock(manager, 'movie', 'ratingCount', 'movieId', movieId);
  const user = await manager.findOneBy(UserEntity, { userId });
  if (!user) return { status: 'noUser' };
  const movie = await manager.findOneBy(MovieEntity, { movieId });
  const dataset = await manager.findOneBy(DatasetEntity, { datasetId: 1 });
  if (!movie || !dataset) return { status: 'noMovie' };
  const before = await manager.findOneBy(RatingEntity, { userId, movieId });
  const previous = before?.halfStars ?? null;
  if (previous === halfStars)
    return {
      status: 'unchanged',
      movie: { ratingCount: movie.ratingCount, halfStarSum: movie.halfStarSum },
      ratedAtSeconds: before?.ratedAtSeconds ?? null,
    };

  if (halfStars === null) await manager.delete(RatingEntity, { userId, movieId });
  else if (before)
    await manager.update(RatingEntity, { userId, movieId }, { halfStars, ratedAtSeconds: nowSeconds });
  else await manager.insert(RatingEntity, { userId, movieId, halfStars, ratedAtSeconds: nowSeconds });

  const ofMovie = changed(movie, previous, halfStars);
  await manager.update(
    MovieEntity,
    { movieId },
    {
      ...ofMovie,
      weightedRating: weightedRating(ofMovie.ratingCount, ofMovie.halfStarSum, dataset.meanRating),
    },
  );
  await manager.update(
    UserEntity,
    { userId },
    { ...changed(user, previous, halfStars), ratingsVersion: user.ratingsVersion + 1 },
  );
  await writeGenres(manager, change, previous);
  return {
    status: 'written',
    movie: { ratingCount: ofMovie.ratingCount, halfStarSum: ofMovie.halfStarSum },
    ratedAtSeconds: halfStars === null ? null : nowSeconds,
  };
}

async function lock(
  manager: EntityManager,
  table: string,
  column: string,
  idColumn: string,
  id: number,
): Promise<void> {
  await manager.query(`UPDATE ${table} SET ${column} = ${column} WHERE ${idColumn} = ?`, [id]);
}

type Counted = Pick<MovieEntity, 'ratingCount' | 'halfStarSum' | 'histogram'>;

/** Aggregates after a rating changed; null stands for no rating. */
function changed(held: Counted, from: number | null, to: number | null): Counted {
  const counts = histogramCounts(held.histogram);
  if (from !== null) counts[from - 1] = (counts[from - 1] ?? 0) - 1;
  if (to !== null) counts[to - 1] = (counts[to - 1] ?? 0) + 1;
  return {
    ratingCount: held.ratingCount + difference(from, to).count,
    halfStarSum: held.halfStarSum + difference(from, to).halfStars,
    histogram: toHistogramColumns(counts.slice(0, HISTOGRAM_COLUMNS.length)),
  };
}

function difference(from: number | null, to: number | null): { count: number; halfStars: number } {
  return {
    count: (to === null ? 0 : 1) - (from === null ? 0 : 1),
    halfStars: (to ?? 0) - (from ?? 0),
  };
}

async function writeGenres(
  manager: EntityManager,
  { userId, movieId, halfStars }: RatingChange,
  previous: number | null,
): Promise<void> {
  const links = await manager.findBy(MovieGenreEntity, { movieId });
  const genreIds = links.map(({ genreId }) => genreId);
  const held = await manager.findBy(UserGenreEntity, { userId, genreId: In(genreIds) });
  const change = difference(previous, halfStars);
  for (const genreId of genreIds) {
    const share = held.find((one) => one.genreId === genreId);
    const ratingCount = (share?.ratingCount ?? 0) + change.count;
    const halfStarSum = (share?.halfStarSum ?? 0) + change.halfStars;
    if (ratingCount === 0) await manager.delete(UserGenreEntity, { userId, genreId });
    else if (share) await manager.update(UserGenreEntity, { userId, genreId }, { ratingCount, halfStarSum });
    else await manager.insert(UserGenreEntity, { userId, genreId, ratingCount, halfStarSum });
  }
}
