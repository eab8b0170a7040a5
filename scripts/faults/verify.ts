import {
  DatasetEntity,
  HISTOGRAM_COLUMNS,
  MovieEntity,
  MovieGenreEntity,
  openDatabase,
  RatingEntity,
  UserEntity,
  UserGenreEntity,
  weightedRating,
  type Database,
} from '@pocketrocket/schema/database';
import type { Written } from './load.ts';

/** Everything in a database that is not as it was acknowledged, in words; empty when all is well. */
export async function contradictionsIn(databaseUrl: string, writers: readonly Written[]): Promise<string[]> {
  const database = await openDatabase({ url: databaseUrl });
  try {
    return [...(await lostWrites(database, writers)), ...(await wrongAggregates(database))];
  } finally {
    await database.close();
  }
}

/**
 * Lists acknowledged ratings that a set of ratings lacks.
 * @param starsOf a writer's rating of a movie; undefined where there is none
 */
export function contradictions(
  writer: Written,
  starsOf: (movieId: number) => number | undefined,
  where: string,
): string[] {
  return [...writer.acknowledged].flatMap(([movieId, acknowledged]) => {
    const held = starsOf(movieId) ?? null;
    if (held === acknowledged || writer.uncertain.get(movieId)?.has(held)) return [];
    return [`${where}: user ${writer.userId} was told ${acknowledged} for movie ${movieId}; it is ${held}`];
  });
}

async function lostWrites({ dataSource }: Database, writers: readonly Written[]): Promise<string[]> {
  const lists = await Promise.all(
    writers.map(async (writer) => {
      const ratings = await dataSource.manager.findBy(RatingEntity, { userId: writer.userId });
      const stars = new Map(ratings.map(({ movieId, halfStars }) => [movieId, halfStars / 2]));
      return contradictions(writer, (movieId) => stars.get(movieId), 'database');
    }),
  );
  return lists.flat();
}

/** Counted anew from the ratings themselves. */
async function wrongAggregates({ dataSource: { manager } }: Database): Promise<string[]> {
  const ratings = await manager.find(RatingEntity);
  const movies = await manager.find(MovieEntity);
  const users = await manager.find(UserEntity);
  const userGenres = await manager.find(UserGenreEntity);
  const links = await manager.find(MovieGenreEntity);
  const dataset = await manager.findOneByOrFail(DatasetEntity, { datasetId: 1 });

  const genresOf = groupBy(links, ({ movieId }) => movieId);
  const byMovie = groupBy(ratings, ({ movieId }) => movieId);
  const byUser = groupBy(ratings, ({ userId }) => userId);
  const byUserGenre = groupBy(
    ratings.flatMap(({ userId, movieId, halfStars }) =>
      (genresOf.get(movieId) ?? []).map(({ genreId }) => ({ key: `${userId} ${genreId}`, halfStars })),
    ),
    ({ key }) => key,
  );
  return [
    ...movies.flatMap((movie) => {
      const wrong = difference(movie, byMovie.get(movie.movieId));
      const mean = weightedRating(movie.ratingCount, movie.halfStarSum, dataset.meanRating);
      if (Math.abs(mean - movie.weightedRating) > 1e-9) wrong.push('weightedRating');
      return wrong.map((column) => `${column} of movie ${movie.movieId}`);
    }),
    ...users.flatMap((user) =>
      difference(user, byUser.get(user.userId)).map((column) => `${column} of user ${user.userId}`),
    ),
    ...userGenres.flatMap((share) => {
      const key = `${share.userId} ${share.genreId}`;
      const counted = byUserGenre.get(key);
      byUserGenre.delete(key);
      return sums(counted) === `${share.ratingCount} ${share.halfStarSum}` ? [] : [`user and genre ${key}`];
    }),
    ...Array.from(byUserGenre.keys(), (key) => `user and genre ${key} is missing`),
  ];
}

type Counted = Pick<MovieEntity, 'ratingCount' | 'halfStarSum' | 'histogram'>;
type Given = readonly { halfStars: number }[] | undefined;

function groupBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** The aggregates that are not those of the ratings. */
function difference(held: Counted, given: Given): string[] {
  const wrong = HISTOGRAM_COLUMNS.filter(
    (column, index) =>
      held.histogram[column] !== (given ?? []).filter(({ halfStars }) => halfStars === index + 1).length,
  ).map(String);
  if (sums(given) !== `${held.ratingCount} ${held.halfStarSum}`) wrong.push('ratingCount or halfStarSum');
  return wrong;
}

function sums(given: Given): string {
  const halfStars = (given ?? []).reduce((sum, one) => sum + one.halfStars, 0);
  return `${given?.length ?? 0} ${halfStars}`;
}
