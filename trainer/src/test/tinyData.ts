import {
  DatasetEntity,
  MovieEntity,
  openDatabase,
  RatingEntity,
  toHistogramColumns,
  UserEntity,
} from '@pocketrocket/schema/db';

/** Movies 10, 20, … of two kinds in turn; users who watch one kind in ascending order and leave out some of it. */
export const NUM_MOVIES = 40;
export const NUM_USERS = 24;
const RATINGS_PER_USER = 14;

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

/** Fills a new database with the given ratings; user 100 has none. */
export async function createTinyDatabase(url: string, ratings = tinyRatings()): Promise<void> {
  const database = await openDatabase({ url });
  const histogram = toHistogramColumns([]);
  const userIds = [...new Set([...ratings.map(({ userId }) => userId), 100])];
  await database.transaction(async (manager) => {
    await manager.insert(
      MovieEntity,
      Array.from({ length: NUM_MOVIES + 1 }, (_, i) => ({
        movieId: 10 * (i + 1),
        title: `Film ${i + 1}`,
        sortTitle: `film ${i + 1}`,
        alternativeTitles: [],
        releaseYear: 1980 + i,
        posterUrl: null,
        histogram,
      })),
    );
    await manager.insert(
      UserEntity,
      userIds.map((userId) => ({
        userId,
        name: `User ${userId}`,
        ratingCount: ratings.filter((rating) => rating.userId === userId).length,
        histogram,
      })),
    );
    for (const rating of ratings) await manager.insert(RatingEntity, rating);
    await manager.insert(DatasetEntity, {
      datasetId: 1,
      name: 'tiny',
      identity: 'sha256:tiny',
      synthetic: true,
      movieCount: NUM_MOVIES + 1,
      userCount: userIds.length,
      ratingCount: ratings.length,
      genreCount: 0,
      meanRating: 4,
      importedAtSeconds: 0,
    });
  });
  await database.close();
}
