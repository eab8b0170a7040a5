import {
  DatasetEntity,
  MovieEntity,
  openDatabase,
  toHistogramColumns,
  UserEntity,
} from '@pocketrocket/schema/database';

/** Movies 10, 20, … of two kinds in turn; users who watch one kind in ascending order and leave out some of it. */
export const NUM_MOVIES = 40;
export const NUM_USERS = 24;
const RATINGS_PER_USER = 14;
export const USER_WITHOUT_RATINGS = 100;

export interface TinyRating {
  userId: number;
  movieId: number;
  halfStars: number;
  ratedAtSeconds: number | null;
}

/** User u likes movies whose number is even where u is even, odd where u is odd; every third user has no times. */
export function tinyRatings(): TinyRating[] {
  const ratings: TinyRating[] = [];
  for (let userId = 1; userId <= NUM_USERS; userId++) {
    const liked = Array.from({ length: NUM_MOVIES / 2 }, (_, i) => 10 * (2 * i + 1 + (userId % 2)));
    const start = userId % 7;
    liked.slice(start, start + RATINGS_PER_USER).forEach((movieId, place) => {
      ratings.push({
        userId,
        movieId,
        halfStars: 6 + ((userId + place) % 5),
        ratedAtSeconds: userId % 3 === 0 ? null : 1_000_000 * userId + place,
      });
    });
  }
  return ratings;
}

/** Ratings as the CSV that `evaluate` reads. */
export function toCsv(ratings: readonly TinyRating[]): string {
  const lines = ratings.map(
    ({ userId, movieId, halfStars, ratedAtSeconds }) =>
      `${userId},${movieId},${halfStars / 2},${ratedAtSeconds ?? ''}`,
  );
  return ['userId,movieId,rating,timestamp', ...lines, ''].join('\n');
}

/** Only so many ratings bring their movies along: training reads none. */
const MAX_MOVIES = 1_000;

/** Rows an INSERT, few enough for the number of values that SQLite takes. */
const ROWS_PER_INSERT = 500;

/** Fills a new database with the given ratings and the movies they name, at least the {@link NUM_MOVIES}; one more user has none. */
export async function createTinyDatabase(url: string, ratings = tinyRatings()): Promise<void> {
  const database = await openDatabase({ url });
  const histogram = toHistogramColumns([]);
  const ratingCounts = new Map<number, number>([[USER_WITHOUT_RATINGS, 0]]);
  for (const { userId } of ratings) ratingCounts.set(userId, (ratingCounts.get(userId) ?? 0) + 1);
  const tinyIds = Array.from({ length: NUM_MOVIES + 1 }, (_, i) => 10 * (i + 1));
  const movieIds = [...new Set([...tinyIds, ...ratings.slice(0, MAX_MOVIES).map(({ movieId }) => movieId)])];
  await database.transaction(async (manager) => {
    const movies = movieIds.map((movieId) => ({
      movieId,
      title: `Film ${movieId / 10}`,
      sortTitle: `film ${movieId / 10}`,
      alternativeTitles: [],
      releaseYear: 1979 + ((movieId / 10) % 100),
      posterUrl: null,
      histogram,
    }));
    const users = [...ratingCounts].map(([userId, ratingCount]) => ({
      userId,
      name: `User ${userId}`,
      ratingCount,
      histogram,
    }));
    for (const some of chunksOf(movies)) await manager.insert(MovieEntity, some);
    for (const some of chunksOf(users)) await manager.insert(UserEntity, some);
    for (const some of chunksOf(ratings)) {
      // As SQL: TypeORM takes half a minute for a hundred thousand.
      const values = some.map(
        ({ userId, movieId, halfStars, ratedAtSeconds }) =>
          `(${userId}, ${movieId}, ${halfStars}, ${ratedAtSeconds ?? 'NULL'})`,
      );
      await manager.query(
        `INSERT INTO rating (userId, movieId, halfStars, ratedAtSeconds) VALUES ${values.join(', ')}`,
      );
    }
    await manager.insert(DatasetEntity, {
      datasetId: 1,
      name: 'tiny',
      identity: 'sha256:tiny',
      synthetic: true,
      movieCount: movieIds.length,
      userCount: ratingCounts.size,
      ratingCount: ratings.length,
      genreCount: 0,
      meanRating: 4,
      importedAtSeconds: 0,
    });
  });
  await database.close();
}

function* chunksOf<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    yield rows.slice(start, start + ROWS_PER_INSERT);
  }
}
