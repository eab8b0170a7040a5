/**
 * The aggregates of ratings that the database keeps: of a movie and of a user the number, sum and histogram of their ratings, of a
 * movie also the damped mean, of a user's ratings of a genre number and sum. A user's ratings change them in their own
 * transaction (`changeRatings`), an import writes them in bulk (`RatingTally`, `MovieTallies`, `GenreTally`) and adds the ratings of
 * accounts (`addHistogram`); `recomputeAggregates` recounts and mends them. Sums are in half stars, so that they stay whole numbers.
 */
import type { MovieEntity } from './entities/movie.ts';
import { HISTOGRAM_COLUMNS } from './entities/ratingHistogram.ts';

/** Number of different ratings: half a star to five. */
const NUM_RATINGS = HISTOGRAM_COLUMNS.length;

/** Number of ratings at the data set's mean that `weightedRating` credits every movie with. */
export const PRIOR_RATING_COUNT = 20;

/**
 * Damped mean rating in stars: (Σ ratings + k·m) / (n + k), with k `PRIOR_RATING_COUNT` and m the mean of the data set.
 * Without damping a movie with a single five-star rating would lead every list.
 */
export function weightedRating(ratingCount: number, halfStarSum: number, meanRating: number): number {
  return (halfStarSum / 2 + PRIOR_RATING_COUNT * meanRating) / (ratingCount + PRIOR_RATING_COUNT);
}

/** Mean rating in stars; NaN of none. */
export function meanRatingOf(ratingCount: number, halfStarSum: number): number {
  return halfStarSum / 2 / ratingCount;
}

/** Number and sum of some ratings. */
export type RatingShare = Pick<MovieEntity, 'ratingCount' | 'halfStarSum'>;

/** The share after a rating changed; a share of no rating has no row. */
export function shareAfter(held: RatingShare, from: number | null, to: number | null): RatingShare {
  return {
    ratingCount: held.ratingCount + (to === null ? 0 : 1) - (from === null ? 0 : 1),
    halfStarSum: held.halfStarSum + (to ?? 0) - (from ?? 0),
  };
}

/** The columns that `tallyValues` gives the values of. */
export const TALLY_COLUMNS: readonly string[] = ['ratingCount', 'halfStarSum', ...HISTOGRAM_COLUMNS];

/** The columns of a movie that `movieAggregates` gives the values of. */
export const MOVIE_AGGREGATE_COLUMNS: readonly string[] = ['weightedRating', ...TALLY_COLUMNS];

/** `column = ?` for each column, as an UPDATE sets them. */
export function assignments(columns: readonly string[]): string {
  return columns.map((column) => `${column} = ?`).join(', ');
}

export function tallyValues({ ratingCount, halfStarSum, histogram }: RatingTally): number[] {
  return [ratingCount, halfStarSum, ...histogram];
}

export function movieAggregates(tally: RatingTally, meanRating: number): number[] {
  return [weightedRating(tally.ratingCount, tally.halfStarSum, meanRating), ...tallyValues(tally)];
}

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

  /** Adds what a row of a movie or a user has counted. */
  addHistogram(row: Readonly<Record<(typeof HISTOGRAM_COLUMNS)[number], number>>): void {
    for (const [slot, column] of HISTOGRAM_COLUMNS.entries()) this.add(slot + 1, row[column]);
  }

  clear(): void {
    this.ratingCount = 0;
    this.halfStarSum = 0;
    this.histogram.fill(0);
  }
}

/** Some ratings as columns, of equal length from 0 to `length`. */
interface RatingColumns {
  length: number;
  movieIds: Int32Array;
  halfStars: Uint8Array;
}

/** Counts of each rating of each movie: 40 bytes a movie. */
export class MovieTallies {
  /** [movies × 10] */
  readonly #counts: Int32Array;

  constructor(numMovies: number) {
    this.#counts = new Int32Array(numMovies * NUM_RATINGS);
  }

  /** @param indexOf the place of a movie, 0 to the number of movies */
  add({ length, movieIds, halfStars }: RatingColumns, indexOf: (movieId: number) => number): void {
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

/** A user's share of one genre, as its row has it. */
export interface GenreShare extends RatingShare {
  genreId: number;
}

/** Number and sum of one user's ratings of each genre; genres are numbered from 1. */
export class GenreTally {
  /** [genreId] */
  readonly #counts: Int32Array;
  readonly #sums: Int32Array;

  constructor(numGenres: number) {
    this.#counts = new Int32Array(numGenres + 1);
    this.#sums = new Int32Array(numGenres + 1);
  }

  /** Adds the rating of a movie that has these genres. */
  add(genreIds: readonly number[], halfStars: number): void {
    for (const genreId of genreIds) {
      this.#counts[genreId] = (this.#counts[genreId] ?? 0) + 1;
      this.#sums[genreId] = (this.#sums[genreId] ?? 0) + halfStars;
    }
  }

  /** By ascending genreId; genres without ratings are absent. */
  shares(): GenreShare[] {
    const shares: GenreShare[] = [];
    for (let genreId = 1; genreId < this.#counts.length; genreId++) {
      const ratingCount = this.#counts[genreId] ?? 0;
      if (ratingCount > 0) shares.push({ genreId, ratingCount, halfStarSum: this.#sums[genreId] ?? 0 });
    }
    return shares;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#sums.fill(0);
  }
}
