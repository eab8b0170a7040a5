import {
  AccountEntity,
  DatasetEntity,
  ExternalIdsEntity,
  FIRST_ACCOUNT_USER_ID,
  MovieEntity,
  MovieGenreEntity,
  RatingEntity,
  toHistogramColumns,
  toSortTitle,
  UserEntity,
  UserGenreEntity,
  weightedRating,
} from '@pocketrocket/schema/db';
import { AppError } from '@pocketrocket/schema/runtime';
import { In, MoreThanOrEqual, type EntityManager } from 'typeorm';
import type { Dataset } from '../dataset/dataset.ts';
import { RatingTally } from './aggregates.ts';

/** An account's rating with what its movie is recognised by in another data set. */
interface KeptRating {
  userId: number;
  halfStars: number;
  ratedAtSeconds: number | null;
  imdbId: number | null;
  /** Title and year; see `titleKey`. */
  title: string;
}

/** What belongs to the accounts of an installation, not to its data set. */
export interface KeptAccounts {
  users: { userId: number; name: string }[];
  ratings: KeptRating[];
}

const IDS_PER_STATEMENT = 500;

/** Reads the users of accounts and their ratings, before the data set that these speak of goes. */
export async function readAccounts(manager: EntityManager): Promise<KeptAccounts> {
  // A write that changes nothing: until the import ends no account rates or is opened.
  await manager.query('UPDATE user SET ratingCount = ratingCount WHERE userId >= ?', [FIRST_ACCOUNT_USER_ID]);
  const accounts = await manager.find(AccountEntity, { select: { userId: true } });
  if (accounts.length === 0) return { users: [], ratings: [] };
  const ofAccounts = { userId: MoreThanOrEqual(FIRST_ACCOUNT_USER_ID) };
  const users = await manager.findBy(UserEntity, ofAccounts);
  const ratings = await manager.find(RatingEntity, {
    where: ofAccounts,
    order: { userId: 'ASC', movieId: 'ASC' },
  });
  const movieIds = [...new Set(ratings.map(({ movieId }) => movieId))];
  const titles = new Map<number, string>();
  const imdbIds = new Map<number, number | null>();
  for (const ids of chunks(movieIds)) {
    for (const movie of await manager.findBy(MovieEntity, { movieId: In(ids) }))
      titles.set(movie.movieId, titleKey(movie));
    for (const { movieId, imdbId } of await manager.findBy(ExternalIdsEntity, { movieId: In(ids) }))
      imdbIds.set(movieId, imdbId);
  }
  return {
    users: users.map(({ userId, name }) => ({ userId, name })),
    ratings: ratings.map(({ userId, movieId, halfStars, ratedAtSeconds }) => ({
      userId,
      halfStars,
      ratedAtSeconds,
      imdbId: imdbIds.get(movieId) ?? null,
      title: titles.get(movieId) ?? '',
    })),
  };
}

/**
 * Puts the accounts' users back beside another data set, with their ratings of the movies that it has too, found by IMDb id,
 * else by title and year, and counts them in. Ratings of other movies are dropped.
 * @returns how many ratings were kept
 * @throws AppError BAD_DATA when the data set's own users have numbers of accounts
 */
export async function writeAccounts(
  manager: EntityManager,
  { users, ratings }: KeptAccounts,
  dataset: Dataset,
): Promise<number> {
  const highestUserId = dataset.ratings.userIds[dataset.order.at(-1) ?? -1] ?? 0;
  if (highestUserId >= FIRST_ACCOUNT_USER_ID)
    throw new AppError(
      'BAD_DATA',
      `the data set has a user ${highestUserId}; numbers from ${FIRST_ACCOUNT_USER_ID} on belong to accounts`,
    );
  const find = movieFinder(dataset);
  const kept = new Map<string, { userId: number; movieId: number; rating: KeptRating }>();
  for (const rating of ratings) {
    const movieId = find(rating);
    const key = `${rating.userId} ${movieId}`;
    if (movieId !== undefined && !kept.has(key)) kept.set(key, { userId: rating.userId, movieId, rating });
  }
  const rows = [...kept.values()];
  for (const { userId, movieId, rating } of rows) {
    const { halfStars, ratedAtSeconds } = rating;
    await manager.insert(RatingEntity, { userId, movieId, halfStars, ratedAtSeconds });
  }
  for (const movieId of new Set(rows.map((row) => row.movieId))) await recountMovie(manager, movieId);
  for (const { userId, name } of users) {
    const own = rows.filter((row) => row.userId === userId);
    await manager.insert(UserEntity, { userId, name, ...aggregatesOf(own.map(({ rating }) => rating)) });
    await writeGenres(manager, userId, own);
  }
  return rows.length;
}

type Rated = { movieId: number; rating: { halfStars: number } };

async function writeGenres(manager: EntityManager, userId: number, own: readonly Rated[]): Promise<void> {
  const byGenre = new Map<number, RatingTally>();
  for (const { movieId, rating } of own) {
    for (const { genreId } of await manager.findBy(MovieGenreEntity, { movieId })) {
      const tally = byGenre.get(genreId) ?? new RatingTally();
      byGenre.set(genreId, tally);
      tally.add(rating.halfStars);
    }
  }
  for (const [genreId, { ratingCount, halfStarSum }] of byGenre)
    await manager.insert(UserGenreEntity, { userId, genreId, ratingCount, halfStarSum });
}

async function recountMovie(manager: EntityManager, movieId: number): Promise<void> {
  const { meanRating } = await manager.findOneByOrFail(DatasetEntity, { datasetId: 1 });
  const aggregates = aggregatesOf(await manager.findBy(RatingEntity, { movieId }));
  await manager.update(
    MovieEntity,
    { movieId },
    {
      ...aggregates,
      weightedRating: weightedRating(aggregates.ratingCount, aggregates.halfStarSum, meanRating),
    },
  );
}

function aggregatesOf(ratings: readonly { halfStars: number }[]) {
  const tally = new RatingTally();
  for (const { halfStars } of ratings) tally.add(halfStars);
  const { ratingCount, halfStarSum, histogram } = tally;
  return { ratingCount, halfStarSum, histogram: toHistogramColumns(histogram) };
}

function movieFinder({ movies }: Dataset): (rating: KeptRating) => number | undefined {
  const byImdbId = new Map<number, number>();
  const byTitle = new Map<string, number>();
  for (const movie of movies) {
    if (movie.imdbId !== null) byImdbId.set(movie.imdbId, movie.movieId);
    const key = titleKey(movie);
    if (!byTitle.has(key)) byTitle.set(key, movie.movieId);
  }
  return ({ imdbId, title }) => (imdbId === null ? undefined : byImdbId.get(imdbId)) ?? byTitle.get(title);
}

function titleKey({ title, releaseYear }: { title: string; releaseYear: number | null }): string {
  return `${toSortTitle(title)} ${releaseYear ?? ''}`;
}

function* chunks(ids: readonly number[]): Generator<number[]> {
  for (let start = 0; start < ids.length; start += IDS_PER_STATEMENT)
    yield ids.slice(start, start + IDS_PER_STATEMENT);
}
