import {
  assignments,
  GenreTally,
  groupBy,
  HISTOGRAM_COLUMNS,
  MOVIE_AGGREGATE_COLUMNS,
  movieAggregates,
  RatingTally,
  TALLY_COLUMNS,
  tallyValues,
  type GenreShare,
} from '@pocketrocket/schema/database';
import type { Dataset } from '../dataset/dataset.ts';
import { InsertLoader, type Queries } from './bulkInsert.ts';
import type { OverlayPlan } from './keepOverlay.ts';
import { keptFinder, titleKey, type KeptMovie } from './keptMovies.ts';
import { readMarks, writeMarks, type KeptMarks } from './keepMarks.ts';
import { RATING_COLUMNS } from './tableLoader.ts';
import type { TableNames } from './tables.ts';
import { USER_GENRE_COLUMNS } from './writeDataset.ts';

/** A rating of an account, or of a user whom an app shares, with what its movie is recognised by in another data set. */
interface KeptRating extends KeptMovie {
  userId: number;
  halfStars: number;
  ratedAtSeconds: number | null;
}

/** Data of the accounts of an installation, and of users whom apps share, who do not belong to its data set. */
export interface KeptAccounts {
  userIds: number[];
  ratings: KeptRating[];
  /** Of apps' users too. */
  marks: KeptMarks;
}

const IDS_PER_STATEMENT = 500;

/** Users who belong to no data set; those of apps have rows in `user` and `rating` only where the app shares them. */
const KEPT_USERS = '(SELECT userId FROM account UNION SELECT userId FROM app_user) kept';

/** Reads which users are kept, their ratings, and which movies users have marked, before the data set that these speak of goes. */
export async function readAccounts(queries: Queries): Promise<KeptAccounts> {
  const users = (await queries.query(
    `SELECT kept.userId FROM ${KEPT_USERS} JOIN user ON user.userId = kept.userId ORDER BY kept.userId`,
  )) as { userId: number }[];
  const ratings = (await queries.query(
    `SELECT rating.userId, rating.movieId, rating.halfStars, rating.ratedAtSeconds, movie.title, movie.releaseYear, external_ids.imdbId
     FROM ${KEPT_USERS}
     JOIN rating ON rating.userId = kept.userId
     JOIN movie ON movie.movieId = rating.movieId
     LEFT JOIN external_ids ON external_ids.movieId = rating.movieId
     ORDER BY rating.userId, rating.movieId`,
  )) as (Omit<KeptRating, 'title'> & { title: string; releaseYear: number | null })[];
  return {
    userIds: users.map(({ userId }) => userId),
    ratings: ratings.map(({ releaseYear, ...rating }) => ({
      ...rating,
      title: titleKey({ title: rating.title, releaseYear }),
    })),
    marks: await readMarks(queries),
  };
}

/**
 * Gives the users who are kept, whose rows are there already, their ratings of the movies that the data set has too, found by IMDb id,
 * else by title and year, and of apps' movies, and counts them in, and all users their
 * marks. Those of other movies are dropped.
 */
export async function writeAccounts(
  queries: Queries,
  names: TableNames,
  { userIds, ratings, marks }: KeptAccounts,
  dataset: Dataset,
  overlay: OverlayPlan,
): Promise<void> {
  const rows = keptRatings(ratings, dataset, overlay);
  const loader = new InsertLoader(queries, names);
  await loader.load(
    'rating',
    RATING_COLUMNS,
    rows.map(({ userId, movieId, halfStars, ratedAtSeconds }) => [
      userId,
      movieId,
      halfStars,
      ratedAtSeconds,
    ]),
  );
  await countIntoMovies(queries, names, rows, dataset.meanRating);
  const byUser = groupBy(rows, ({ userId }) => userId);
  for (const userId of userIds) {
    const tally = tallyOf(byUser.get(userId) ?? []);
    await queries.query(
      `UPDATE ${names('user')} SET ratingsVersion = ratingsVersion + 1, ${assignments(TALLY_COLUMNS)} WHERE userId = ?`,
      [...tallyValues(tally), userId],
    );
  }
  await loader.load(
    'user_genre',
    USER_GENRE_COLUMNS,
    [...byUser].flatMap(([userId, own]) =>
      sharesOf(own, dataset, overlay).map(({ genreId, ratingCount, halfStarSum }) => [
        userId,
        genreId,
        ratingCount,
        halfStarSum,
      ]),
    ),
  );
  await writeMarks(queries, names, marks, dataset, overlay);
}

type Rated = Omit<KeptRating, 'title' | 'imdbId'>;

/** The ratings whose movies the data set has, with its ids; one each where two movies became one. */
export function keptRatings(
  ratings: readonly KeptRating[],
  dataset: Dataset,
  overlay: Pick<OverlayPlan, 'moved'>,
): Rated[] {
  const find = keptFinder(dataset, overlay);
  const kept = new Map<string, Rated>();
  for (const rating of ratings) {
    const movieId = find(rating);
    const key = `${rating.userId} ${movieId}`;
    if (movieId !== undefined && !kept.has(key)) kept.set(key, { ...rating, movieId });
  }
  return [...kept.values()];
}

async function countIntoMovies(
  queries: Queries,
  names: TableNames,
  rows: readonly Rated[],
  meanRating: number,
): Promise<void> {
  const byMovie = groupBy(rows, ({ movieId }) => movieId);
  for (const ids of chunks([...byMovie.keys()])) {
    const movies = (await queries.query(
      `SELECT movieId, ${HISTOGRAM_COLUMNS.join(', ')} FROM ${names('movie')} WHERE movieId IN (${ids.join(', ')})`,
    )) as ({ movieId: number } & Record<(typeof HISTOGRAM_COLUMNS)[number], number>)[];
    for (const movie of movies) {
      const tally = tallyOf(byMovie.get(movie.movieId) ?? []);
      tally.addHistogram(movie);
      await queries.query(
        `UPDATE ${names('movie')} SET ${assignments(MOVIE_AGGREGATE_COLUMNS)} WHERE movieId = ?`,
        [...movieAggregates(tally, meanRating), movie.movieId],
      );
    }
  }
}

/** The shares of one user in the genres that the ratings are of. */
function sharesOf(
  own: readonly Rated[],
  { movies, movieIndex, genres }: Dataset,
  { addedGenres, genreIdsOf }: OverlayPlan,
): GenreShare[] {
  const tally = new GenreTally(genres.length + addedGenres.length);
  for (const { movieId, halfStars } of own) {
    const names = movies[movieIndex.indexOf(movieId)]?.genres ?? [];
    tally.add(genreIdsOf.get(movieId) ?? names.map((name) => genres.indexOf(name) + 1), halfStars);
  }
  return tally.shares();
}

function tallyOf(ratings: readonly { halfStars: number }[]): RatingTally {
  const tally = new RatingTally();
  for (const { halfStars } of ratings) tally.add(halfStars);
  return tally;
}

/** Numbers in lists short enough for a statement. */
export function* chunks(ids: readonly number[]): Generator<number[]> {
  for (let start = 0; start < ids.length; start += IDS_PER_STATEMENT)
    yield ids.slice(start, start + IDS_PER_STATEMENT);
}
