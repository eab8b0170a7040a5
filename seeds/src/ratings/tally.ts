import type { RatingBlock } from '@pocketrocket/formats';

/** How many different ratings there are: half a star to five. */
export const NUM_RATINGS = 10;

/** Count, sum and histogram of some ratings. */
export class RatingTally {
  ratingCount = 0;
  halfStarSum = 0;
  /** [10] index `halfStars - 1`. */
  readonly histogram = new Int32Array(NUM_RATINGS);

  /** @param times how often; negative takes back */
  add(halfStars: number, times = 1): void {
    this.ratingCount += times;
    this.halfStarSum += times * halfStars;
    const slot = halfStars - 1;
    this.histogram[slot] = (this.histogram[slot] ?? 0) + times;
  }

  clear(): void {
    this.ratingCount = 0;
    this.halfStarSum = 0;
    this.histogram.fill(0);
  }
}

/** How often each movie got each rating: 40 bytes a movie. */
export class MovieTallies {
  /** [movies × 10] */
  readonly #counts: Int32Array;

  constructor(numMovies: number) {
    this.#counts = new Int32Array(numMovies * NUM_RATINGS);
  }

  add({ length, movieIds, halfStars }: RatingBlock, indexOf: (movieId: number) => number): void {
    for (let index = 0; index < length; index++) {
      const slot = indexOf(movieIds[index] ?? 0) * NUM_RATINGS + (halfStars[index] ?? 0) - 1;
      this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
    }
  }

  of(movieIndex: number): RatingTally {
    const tally = new RatingTally();
    const start = movieIndex * NUM_RATINGS;
    for (let slot = 0; slot < NUM_RATINGS; slot++) tally.add(slot + 1, this.#counts[start + slot] ?? 0);
    return tally;
  }
}
