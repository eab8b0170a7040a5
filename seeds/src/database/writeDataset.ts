import type { EntityManager } from 'typeorm';
import {
  DatasetEntity,
  ExternalIdsEntity,
  GenreEntity,
  HISTOGRAM_COLUMNS,
  MovieEntity,
  MovieGenreEntity,
  RatingEntity,
  toSortTitle,
  UserEntity,
  UserGenreEntity,
  weightedRating,
} from '@pocketrocket/schema/db';
import type { Progress } from '@pocketrocket/schema/runtime';
import type { Dataset } from '../dataset/dataset.ts';
import { UNKNOWN_TIME } from '../dataset/ratingColumns.ts';
import { ratingsByUser, tallyMovies, tallyUser, type RatingTally } from './aggregates.ts';
import { BulkInsert } from './bulkInsert.ts';

const TALLY_COLUMNS = ['ratingCount', 'halfStarSum', ...HISTOGRAM_COLUMNS];

/** Rows that refer to others come first, as they are deleted. */
const TABLES = [
  RatingEntity,
  UserGenreEntity,
  UserEntity,
  ExternalIdsEntity,
  MovieGenreEntity,
  MovieEntity,
  GenreEntity,
  DatasetEntity,
];

/** Empties every table that belongs to a data set. */
export async function clearDataset(manager: EntityManager): Promise<void> {
  for (const entity of TABLES) await manager.createQueryBuilder().delete().from(entity).execute();
}

/** Writes a data set with the aggregates of its movies, users and genres into empty tables. */
export async function writeDataset(
  manager: EntityManager,
  dataset: Dataset,
  progress: Progress,
): Promise<void> {
  await manager.insert(DatasetEntity, {
    datasetId: 1,
    name: dataset.name.slice(0, 200),
    identity: dataset.identity,
    synthetic: dataset.synthetic,
    movieCount: dataset.movies.length,
    userCount: dataset.numUsers,
    ratingCount: dataset.order.length,
    genreCount: dataset.genres.length,
    meanRating: dataset.meanRating,
    importedAtSeconds: Math.floor(Date.now() / 1000),
  });
  const genreIds = await writeGenres(manager, dataset);
  await writeMovies(manager, dataset, genreIds, progress);
  await writeUsersAndRatings(manager, dataset, genreIds, progress);
}

/** Genres are numbered from 1 in the order of their names; returns the numbers by name. */
async function writeGenres(
  manager: EntityManager,
  { genres, movies }: Dataset,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const name of movies.flatMap((movie) => movie.genres)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const rows = genres.map((name, index) => ({
    genreId: index + 1,
    name,
    movieCount: counts.get(name) ?? 0,
  }));
  const insert = new BulkInsert(manager, GenreEntity, ['genreId', 'name', 'movieCount']);
  for (const { genreId, name, movieCount } of rows) {
    if (insert.add(genreId, name, movieCount)) await insert.flush();
  }
  await insert.flush();
  return new Map(rows.map(({ genreId, name }) => [name, genreId]));
}

async function writeMovies(
  manager: EntityManager,
  dataset: Dataset,
  genreIds: ReadonlyMap<string, number>,
  progress: Progress,
): Promise<void> {
  const stage = progress.stage('writing movies', dataset.movies.length, 'movies');
  const tallies = tallyMovies(dataset);
  const movies = new BulkInsert(manager, MovieEntity, [
    'movieId',
    'title',
    'sortTitle',
    'alternativeTitles',
    'releaseYear',
    'posterUrl',
    'weightedRating',
    ...TALLY_COLUMNS,
  ]);
  const movieGenres = new BulkInsert(manager, MovieGenreEntity, ['movieId', 'genreId']);
  const externalIds = new BulkInsert(manager, ExternalIdsEntity, ['movieId', 'imdbId', 'tmdbId']);
  // The tables that refer to movies are written after the movies that they refer to.
  const flush = async () => {
    for (const insert of [movies, movieGenres, externalIds]) await insert.flush();
  };
  let done = 0;
  for (const movie of dataset.movies) {
    const { movieId, title, alternativeTitles, releaseYear, imdbId, tmdbId } = movie;
    const tally = tallies.get(movieId);
    if (!tally) continue;
    const isFull = movies.add(
      movieId,
      title,
      toSortTitle(title),
      JSON.stringify(alternativeTitles),
      releaseYear,
      null,
      weightedRating(tally.ratingCount, tally.halfStarSum, dataset.meanRating),
      ...tallyValues(tally),
    );
    for (const name of movie.genres) movieGenres.add(movieId, genreIds.get(name) ?? 0);
    if (imdbId !== null || tmdbId !== null) externalIds.add(movieId, imdbId, tmdbId);
    if (isFull) await flush();
    stage.update(++done);
  }
  await flush();
  stage.finish();
}

async function writeUsersAndRatings(
  manager: EntityManager,
  dataset: Dataset,
  genreIds: ReadonlyMap<string, number>,
  progress: Progress,
): Promise<void> {
  const stage = progress.stage('writing ratings', dataset.order.length, 'ratings');
  const { ratings: columns } = dataset;
  const genresOf = new Map(
    dataset.movies.map(({ movieId, genres }) => [movieId, genres.map((name) => genreIds.get(name) ?? 0)]),
  );
  const users = new BulkInsert(manager, UserEntity, ['userId', 'name', ...TALLY_COLUMNS]);
  const userGenres = new BulkInsert(manager, UserGenreEntity, [
    'userId',
    'genreId',
    'ratingCount',
    'halfStarSum',
  ]);
  const ratings = new BulkInsert(manager, RatingEntity, ['userId', 'movieId', 'halfStars', 'ratedAtSeconds']);
  let done = 0;
  for (const indices of ratingsByUser(dataset)) {
    const { userId, all, byGenre } = tallyUser(dataset, indices, genresOf);
    if (users.add(userId, `User ${userId}`, ...tallyValues(all))) await users.flush();
    for (const [genreId, { ratingCount, halfStarSum }] of byGenre) {
      if (userGenres.add(userId, genreId, ratingCount, halfStarSum)) await userGenres.flush();
    }
    for (const index of indices) {
      const at = columns.ratedAtSeconds[index] ?? UNKNOWN_TIME;
      const isFull = ratings.add(
        userId,
        columns.movieIds[index] ?? 0,
        columns.halfStars[index] ?? 0,
        at === UNKNOWN_TIME ? null : at,
      );
      if (isFull) await ratings.flush();
    }
    done += indices.length;
    stage.update(done);
  }
  for (const insert of [users, userGenres, ratings]) await insert.flush();
  stage.finish();
}

function tallyValues({ ratingCount, halfStarSum, histogram }: RatingTally): number[] {
  return [ratingCount, halfStarSum, ...histogram];
}
