import { RatingIds } from '../ids/idColumn.ts';
import { parseId } from '../ids/parseId.ts';
import { valueOf } from '../values/none.ts';
import {
  halfStarsByDouble,
  halfStarsOn,
  parseCount,
  ratingNumber,
  type RatingScale,
} from '../values/scales.ts';
import { isNoDate, parseTime, type TimeUnit } from '../values/times.ts';
import { parseDecimal } from '../values/numbers.ts';
import { UNKNOWN_TIME, type SourceBlock } from '../rows/ratingBlock.ts';
import type { RawRating, SourceRow } from '../rows/rows.ts';
import { ColumnTally } from './columnFacts.ts';
import { EARLY_TIME, TimeTally } from './guessTimes.ts';
import type { RatingProblem } from './problems.ts';

/** The scale and the times of a file of ratings; every reader takes all of them. */
export interface RatingOptions {
  /** Null for stars, unless the column can hardly be stars: then it is refused. */
  scale: RatingScale | null;
  /** Null for seconds and dates. */
  timeUnit: TimeUnit | null;
}

/** Checks the ratings of one file, and remembers what its columns hold. */
export class RatingChecker {
  readonly options: RatingOptions;
  /** The ids that the blocks' numbers stand for. */
  readonly ids: RatingIds;
  readonly ratings = new ColumnTally();
  readonly times = new TimeTally();
  /** Half stars by twice the rating, 0 off the scale; null where numbers alone do not say it. */
  readonly halfStarsByDouble: Uint8Array | null;

  constructor(options: RatingOptions, ids = new RatingIds()) {
    this.options = options;
    this.ids = ids;
    const { scale } = options;
    this.halfStarsByDouble = scale === 'counts' ? null : halfStarsByDouble(scale ?? 'stars');
  }

  /** True where whole numbers in the column of times are seconds without further ado. */
  get takesSeconds(): boolean {
    return this.options.timeUnit === null || this.options.timeUnit === 's';
  }

  /**
   * Appends a rating to a block that has room for it, and returns its first problem: with `badTime` it was appended without a time, with any other it was not. On
   * the scale `counts`, the block's half stars are the counts.
   * @param hasMovie false for movies whose ratings cannot be used
   */
  append(
    { row, line }: SourceRow<RawRating>,
    to: SourceBlock,
    hasMovie: (movieId: number) => boolean,
  ): RatingProblem | null {
    if (!row) return { kind: 'columnCount' };
    const { users, movies } = this.ids;
    const user = parseId(row.userId, users.plainBelow);
    if (user === null) return { kind: 'badId', value: row.userId };
    const movie = parseId(row.movieId, movies.plainBelow);
    if (movie === null) return { kind: 'badId', value: row.movieId };
    const movieId = movies.numberOf(movie);
    const score = this.#score(row.rating);
    if (movieId < 0 || !hasMovie(movieId)) return { kind: 'unknownMovie', value: row.movieId };
    if (score === null)
      return { kind: valueOf(row.rating) === '' ? 'noRating' : 'ratingOffScale', value: row.rating };
    const written = valueOf(row.timestamp);
    const time = isNoDate(written) ? '' : written;
    const ratedAtSeconds = time === '' ? UNKNOWN_TIME : parseTime(time, this.options.timeUnit);
    const index = to.length++;
    // Last: of a row that cannot be used no id is remembered.
    to.userIds[index] = users.numberOf(user);
    to.movieIds[index] = movieId;
    to.ratedAtSeconds[index] = ratedAtSeconds ?? UNKNOWN_TIME;
    to.halfStars[index] = score;
    to.lines[index] = line;
    if (time === '') return null;
    if (ratedAtSeconds === null) {
      this.times.addUnread(time);
      return { kind: 'badTime', value: row.timestamp };
    }
    this.times.numRead++;
    if (ratedAtSeconds < EARLY_TIME && /^\d+(?:[.,]\d+)?$/.test(time)) this.times.addEarly(ratedAtSeconds);
    return null;
  }

  #score(rating: string): number | null {
    const { scale } = this.options;
    const text = ratingNumber(scale ?? 'stars', valueOf(rating));
    const count = scale === 'counts' ? parseCount(text) : null;
    const value = count ?? parseDecimal(text);
    if (value === null) this.ratings.addText(text);
    else this.ratings.addNumber(value);
    return scale === 'counts' ? count : halfStarsOn(scale ?? 'stars', text);
  }
}
