import type { Dataset } from '../dataset/dataset.ts';

const NUM_RATINGS = 10;

/** Count, sum and histogram of some ratings. */
export class RatingTally {
  ratingCount = 0;
  halfStarSum = 0;
  /** [10] index `halfStars - 1`. */
  readonly histogram = new Int32Array(NUM_RATINGS);

  add(halfStars: number): void {
    this.ratingCount++;
    this.halfStarSum += halfStars;
    const slot = halfStars - 1;
    this.histogram[slot] = (this.histogram[slot] ?? 0) + 1;
  }
}

/** The tally of every movie, unrated ones too, by movieId. */
export function tallyMovies({ movies, ratings, order }: Dataset): Map<number, RatingTally> {
  const tallies = new Map(movies.map(({ movieId }) => [movieId, new RatingTally()]));
  for (const index of order) {
    tallies.get(ratings.movieIds[index] ?? 0)?.add(ratings.halfStars[index] ?? 0);
  }
  return tallies;
}

/** One user's tallies, whole and by genre. */
export interface UserTally {
  userId: number;
  all: RatingTally;
  /** By genreId; genres that the user never rated are absent. */
  byGenre: ReadonlyMap<number, RatingTally>;
}

/** Tallies one user's ratings; `indices` are theirs. */
export function tallyUser(
  { ratings }: Dataset,
  indices: Uint32Array,
  genresOf: ReadonlyMap<number, readonly number[]>,
): UserTally {
  const all = new RatingTally();
  const byGenre = new Map<number, RatingTally>();
  for (const index of indices) {
    const halfStars = ratings.halfStars[index] ?? 0;
    all.add(halfStars);
    for (const genre of genresOf.get(ratings.movieIds[index] ?? 0) ?? []) {
      const tally = byGenre.get(genre) ?? new RatingTally();
      byGenre.set(genre, tally);
      tally.add(halfStars);
    }
  }
  return { userId: ratings.userIds[indices[0] ?? 0] ?? 0, all, byGenre };
}

/** Each user's part of `order`, by ascending userId. */
export function* ratingsByUser({ ratings, order }: Dataset): Generator<Uint32Array> {
  let start = 0;
  for (let at = 1; at <= order.length; at++) {
    const isSameUser =
      at < order.length && ratings.userIds[order[at] ?? 0] === ratings.userIds[order[start] ?? 0];
    if (isSameUser) continue;
    yield order.subarray(start, at);
    start = at;
  }
}
