import type { IdColumn } from '@pocketrocket/formats';
import {
  DATASET_NAMESPACE,
  MOVIE_AGGREGATE_COLUMNS,
  movieAggregates,
  TALLY_COLUMNS,
  tallyValues,
  toSortTitle,
} from '@pocketrocket/schema/database';
import type { Progress } from '@pocketrocket/runtime';
import type { Dataset } from '../dataset/dataset.ts';
import type { Pair } from '../ratings/sortedRatings.ts';
import { eachUser } from './eachUser.ts';
import { writeTags } from './writeTags.ts';
import type { SqlValue, TableLoader } from './tableLoader.ts';

/** Writes the ratings; those after a pair where the ones before are there already. */
export async function writeRatings(
  loader: TableLoader,
  { ratings }: Dataset,
  progress: Progress,
  after: Pair | null = null,
  numBefore = 0,
): Promise<void> {
  const stage = progress.stage('writing ratings', ratings.length, 'ratings');
  await loader.loadRatings(ratings.blocks(after), (done) => stage.update(numBefore + done));
  stage.finish();
}

/** Writes everything but the ratings into empty tables: genres, movies, users, all with their aggregates, and the data set itself. */
export async function writeAllButRatings(
  loader: TableLoader,
  dataset: Dataset,
  progress: Progress,
): Promise<void> {
  const genreIds = new Map(dataset.genres.map((name, index) => [name, index + 1]));
  const genreIdsOf = dataset.movies.map(({ genres }) => genres.map((name) => genreIds.get(name) ?? 0));
  await writeGenres(loader, dataset, genreIdsOf);
  await writeMovies(loader, dataset, genreIdsOf, progress);
  await writeUsers(loader, dataset, genreIdsOf, progress);
  await writeExternalIds(loader, dataset);
  if (dataset.tags) await writeTags(loader, dataset.tags);
  await loader.load('dataset', DATASET_COLUMNS, [
    [
      1,
      dataset.name.slice(0, 200),
      dataset.identity,
      dataset.synthetic ? 1 : 0,
      dataset.movies.length,
      dataset.numUsers,
      dataset.ratings.length,
      dataset.genres.length,
      dataset.meanRating,
      Math.floor(Date.now() / 1000),
    ],
  ]);
}

/** Writes what numbers stand for ids that are no plain numbers. */
async function writeExternalIds(loader: TableLoader, { ids }: Dataset): Promise<void> {
  const columns = { movie: ids.movies, user: ids.users };
  for (const kind of ['movie', 'user'] as const)
    await loader.load(`${kind}_external_id`, ['namespace', 'externalId', `${kind}Id`], rows(columns[kind]));

  function* rows(column: IdColumn): Generator<SqlValue[]> {
    for (const [number, externalId] of column.entries()) yield [DATASET_NAMESPACE, externalId, number];
  }
}

const DATASET_COLUMNS = [
  'datasetId',
  'name',
  'identity',
  'synthetic',
  'movieCount',
  'userCount',
  'ratingCount',
  'genreCount',
  'meanRating',
  'importedAtSeconds',
];

/** Genres are numbered from 1 in the order of their names. */
async function writeGenres(
  loader: TableLoader,
  { genres }: Dataset,
  genreIdsOf: readonly number[][],
): Promise<void> {
  const counts = genres.map(() => 0);
  for (const genreId of genreIdsOf.flat()) counts[genreId - 1] = (counts[genreId - 1] ?? 0) + 1;
  await loader.load(
    'genre',
    ['genreId', 'name', 'movieCount'],
    genres.map((name, index) => [index + 1, name, counts[index] ?? 0]),
  );
}

async function writeMovies(
  loader: TableLoader,
  { movies, movieTallies, meanRating }: Dataset,
  genreIdsOf: readonly number[][],
  progress: Progress,
): Promise<void> {
  const stage = progress.stage('writing movies', movies.length, 'movies');
  const columns = ['movieId', 'title', 'sortTitle', 'alternativeTitles', 'releaseYear'];
  await loader.load('movie', [...columns, ...MOVIE_AGGREGATE_COLUMNS], movieRows());
  await loader.load(
    'movie_genre',
    ['movieId', 'genreId'],
    movies.flatMap(({ movieId }, index) => (genreIdsOf[index] ?? []).map((genreId) => [movieId, genreId])),
  );
  await loader.load(
    'external_ids',
    ['movieId', 'imdbId', 'tmdbId'],
    movies
      .filter(({ imdbId, tmdbId }) => imdbId !== null || tmdbId !== null)
      .map(({ movieId, imdbId, tmdbId }) => [movieId, imdbId, tmdbId]),
  );
  stage.finish();

  function* movieRows(): Generator<SqlValue[]> {
    for (const [index, { movieId, title, alternativeTitles, releaseYear }] of movies.entries()) {
      yield [
        movieId,
        title,
        toSortTitle(title),
        JSON.stringify(alternativeTitles),
        releaseYear,
        ...movieAggregates(movieTallies.of(index), meanRating),
      ];
      stage.update(index + 1);
    }
  }
}

export const USER_GENRE_COLUMNS: readonly string[] = ['userId', 'genreId', 'ratingCount', 'halfStarSum'];

/** Two passes over the ratings: a database takes one table at a time, and neither table need fit in memory. */
async function writeUsers(
  loader: TableLoader,
  dataset: Dataset,
  genreIdsOf: readonly number[][],
  progress: Progress,
): Promise<void> {
  const stage = progress.stage('writing users', 2 * dataset.numUsers, 'users');
  let done = 0;
  await loader.load('user', ['userId', 'name', ...TALLY_COLUMNS], userRows());
  await loader.load('user_genre', USER_GENRE_COLUMNS, shareRows());
  stage.finish();

  function* userRows(): Generator<SqlValue[]> {
    for (const { userId, all } of eachUser(dataset, null)) {
      yield [userId, `User ${userId}`, ...tallyValues(all)];
      stage.update(++done);
    }
  }

  function* shareRows(): Generator<SqlValue[]> {
    for (const { userId, shares } of eachUser(dataset, genreIdsOf)) {
      for (const { genreId, ratingCount, halfStarSum } of shares)
        yield [userId, genreId, ratingCount, halfStarSum];
      stage.update(++done);
    }
  }
}
