import { seededRandom } from '@pocketrocket/engine';
import {
  DatasetEntity,
  ExternalIdsEntity,
  GenreEntity,
  MovieEntity,
  MovieGenreEntity,
  toHistogramColumns,
  toSortTitle,
  UserEntity,
  UserGenreEntity,
  weightedRating,
  type Database,
} from '@pocketrocket/schema/database';
import type { EntityTarget, ObjectLiteral } from 'typeorm';

/** A small data set, before aggregates. */
export interface Fixture {
  name: string;
  genres: string[];
  movies: { movieId: number; title: string; releaseYear: number | null; genres: string[] }[];
  userIds: number[];
  ratings: { userId: number; movieId: number; halfStars: number; ratedAtSeconds: number | null }[];
}

/** Rates nothing. */
export const USER_WITHOUT_RATINGS = 60;
/** Rated, but nobody knows when. */
export const USER_WITHOUT_TIMES = 59;
/** Rated by nobody. */
export const UNRATED_MOVIE = 120;

/**
 * 120 movies, 60 users and some 2,500 ratings with every peculiarity: movies without a year, of one to three genres or of none,
 * rated by nobody; users without ratings; ratings without a time; many ties.
 */
export function makeFixture(): Fixture {
  const random = seededRandom(7);
  const genres = ['Action', 'Comedy', 'Drama', 'Film-Noir', 'Horror', 'Western'];
  const movies = Array.from({ length: UNRATED_MOVIE }, (_, index) => ({
    movieId: index + 1,
    // Only half as many titles as movies, so that orders by title have ties.
    title: `The Film ${String(1 + (index % 60)).padStart(2, '0')}`,
    releaseYear: index % 10 === 9 ? null : 1950 + ((index * 7) % 70),
    genres: index === 50 ? [] : genres.filter((_name, genre) => genre === index % 6 || random() < 0.2),
  }));
  const userIds = Array.from({ length: USER_WITHOUT_RATINGS }, (_, index) => index + 1);
  const ratings = userIds.slice(0, -1).flatMap((userId) =>
    movies.slice(0, -1).flatMap(({ movieId }) => {
      // A user likes every third movie, of which third depends on the user.
      const isTaste = (movieId + userId) % 3 === 0;
      if (random() > (isTaste ? 0.6 : 0.2)) return [];
      return {
        userId,
        movieId,
        halfStars: Math.min(10, Math.max(1, Math.round((isTaste ? 8 : 5) + 4 * (random() - 0.5)))),
        ratedAtSeconds:
          userId === USER_WITHOUT_TIMES ? null : 1_000_000_000 + Math.floor(random() * 20) * 86_400,
      };
    }),
  );
  return { name: 'fixture', genres, movies, userIds, ratings };
}

/** Stores a fixture with all its aggregates in an empty database. */
export async function fillDatabase(database: Database, fixture: Fixture): Promise<void> {
  const { movies, userIds, ratings, genres } = fixture;
  const meanHalfStars = sumOf(ratings) / Math.max(ratings.length, 1);
  const genreIds = new Map(genres.map((name, index) => [name, index + 1]));
  const genresOfMovie = new Map(movies.map((movie) => [movie.movieId, movie.genres]));
  const ofMovie = grouped(ratings, ({ movieId }) => movieId);
  const ofUser = grouped(ratings, ({ userId }) => userId);
  const insert = async <T extends ObjectLiteral>(target: EntityTarget<T>, rows: readonly T[]) => {
    for (let start = 0; start < rows.length; start += 500) {
      const values = rows.slice(start, start + 500);
      await database.dataSource
        .createQueryBuilder()
        .insert()
        .into(target)
        .values(values)
        .updateEntity(false)
        .execute();
    }
  };
  await insert(
    GenreEntity,
    genres.map((name) => ({
      genreId: genreIds.get(name) ?? 0,
      name,
      movieCount: movies.filter((movie) => movie.genres.includes(name)).length,
    })),
  );
  await insert(
    MovieEntity,
    movies.map(({ movieId, title, releaseYear }) => {
      const aggregates = aggregatesOf(ofMovie.get(movieId) ?? []);
      const weighted = weightedRating(aggregates.ratingCount, aggregates.halfStarSum, meanHalfStars / 2);
      return {
        movieId,
        title,
        sortTitle: toSortTitle(title),
        alternativeTitles: [],
        releaseYear,
        posterUrl: null,
        ...aggregates,
        // Rounded, so that orders by it have ties.
        weightedRating: Math.round(weighted * 10) / 10,
      };
    }),
  );
  await insert(
    ExternalIdsEntity,
    movies.slice(0, 1).map(({ movieId }) => ({ movieId, imdbId: 114_709, tmdbId: null })),
  );
  await insert(
    MovieGenreEntity,
    movies.flatMap((movie) =>
      movie.genres.map((name) => ({ movieId: movie.movieId, genreId: genreIds.get(name) ?? 0 })),
    ),
  );
  await insert(
    UserEntity,
    userIds.map((userId) => ({ userId, name: `User ${userId}`, ...aggregatesOf(ofUser.get(userId) ?? []) })),
  );
  await insert(
    UserGenreEntity,
    [...ofUser].flatMap(([userId, own]) =>
      genres
        .map((name) => ({
          name,
          of: own.filter(({ movieId }) => genresOfMovie.get(movieId)?.includes(name)),
        }))
        .filter(({ of }) => of.length > 0)
        .map(({ name, of }) => ({
          userId,
          genreId: genreIds.get(name) ?? 0,
          ratingCount: of.length,
          halfStarSum: sumOf(of),
        })),
    ),
  );
  // Raw, for the sake of the large ones.
  for (let start = 0; start < ratings.length; start += 5_000) {
    const chunk = ratings.slice(start, start + 5_000);
    await database.dataSource.query(
      `INSERT INTO rating (userId, movieId, halfStars, ratedAtSeconds) VALUES ${chunk.map(() => '(?, ?, ?, ?)').join(', ')}`,
      chunk.flatMap(({ userId, movieId, halfStars, ratedAtSeconds }) => [
        userId,
        movieId,
        halfStars,
        ratedAtSeconds,
      ]),
    );
  }
  await insert(DatasetEntity, [
    {
      datasetId: 1,
      name: fixture.name,
      identity: `sha256:${fixture.name}`,
      synthetic: true,
      movieCount: movies.length,
      userCount: userIds.length,
      ratingCount: ratings.length,
      genreCount: genres.length,
      meanRating: meanHalfStars / 2,
      importedAtSeconds: 0,
    },
  ]);
}

type Given = Fixture['ratings'][number];

function grouped(ratings: readonly Given[], keyOf: (rating: Given) => number): Map<number, Given[]> {
  const groups = new Map<number, Given[]>();
  for (const rating of ratings) {
    const group = groups.get(keyOf(rating));
    if (group) group.push(rating);
    else groups.set(keyOf(rating), [rating]);
  }
  return groups;
}

function aggregatesOf(ratings: readonly Given[]) {
  const counts = Array.from({ length: 10 }, () => 0);
  for (const { halfStars } of ratings) counts[halfStars - 1] = (counts[halfStars - 1] ?? 0) + 1;
  return {
    ratingCount: ratings.length,
    halfStarSum: sumOf(ratings),
    histogram: toHistogramColumns(counts),
  };
}

function sumOf(ratings: readonly Given[]): number {
  return ratings.reduce((sum, { halfStars }) => sum + halfStars, 0);
}
