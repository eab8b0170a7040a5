/** Unix time of a rating whose time is unknown. */
export const UNKNOWN_TIME = -1;

const FIRST_CAPACITY = 1 << 16;

/**
 * Ratings as growing columns in file order, 13 bytes each: 32 million take 416 MB, where objects would take gigabytes.
 * Indices are row numbers in the order of `push`.
 */
export class RatingColumns {
  length = 0;
  userIds = new Int32Array(FIRST_CAPACITY);
  movieIds = new Int32Array(FIRST_CAPACITY);
  /** 1 … 10. */
  halfStars = new Uint8Array(FIRST_CAPACITY);
  /** `UNKNOWN_TIME` where unknown. */
  ratedAtSeconds = new Int32Array(FIRST_CAPACITY);
  /** Where the line number jumps: first index of a run of consecutive lines, and its line. */
  readonly #runs: { index: number; line: number }[] = [];

  push(userId: number, movieId: number, halfStars: number, ratedAtSeconds: number, line: number): void {
    if (this.length === this.userIds.length) this.#grow();
    const index = this.length++;
    this.userIds[index] = userId;
    this.movieIds[index] = movieId;
    this.halfStars[index] = halfStars;
    this.ratedAtSeconds[index] = ratedAtSeconds;
    const run = this.#runs.at(-1);
    if (!run || run.line + (index - run.index) !== line) this.#runs.push({ index, line });
  }

  /** The line of the file that a rating stands in. */
  lineOf(index: number): number {
    const run = this.#runs.findLast((candidate) => candidate.index <= index);
    return run ? run.line + (index - run.index) : 0;
  }

  #grow(): void {
    const capacity = this.userIds.length * 2;
    this.userIds = resized(this.userIds, new Int32Array(capacity));
    this.movieIds = resized(this.movieIds, new Int32Array(capacity));
    this.halfStars = resized(this.halfStars, new Uint8Array(capacity));
    this.ratedAtSeconds = resized(this.ratedAtSeconds, new Int32Array(capacity));
  }
}

function resized<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** The order in which ratings are stored, and those that repeat an earlier pair of user and movie. */
export interface RatingOrder {
  /** Indices by (userId, movieId), duplicates left out. */
  order: Uint32Array;
  /** Indices in file order; the first of a pair counts, later ones are listed here. */
  duplicates: number[];
  numUsers: number;
}

/** Orders ratings by (userId, movieId): a counting sort by user, then each user's few by movie. */
export function orderRatings({ length, userIds, movieIds }: RatingColumns): RatingOrder {
  const counts = new Map<number, number>();
  for (let index = 0; index < length; index++) {
    const userId = userIds[index] ?? 0;
    counts.set(userId, (counts.get(userId) ?? 0) + 1);
  }
  const users = Int32Array.from(counts.keys()).sort();
  const nextSlot = new Map<number, number>();
  let start = 0;
  for (const userId of users) {
    nextSlot.set(userId, start);
    start += counts.get(userId) ?? 0;
  }
  const order = new Uint32Array(length);
  for (let index = 0; index < length; index++) {
    const userId = userIds[index] ?? 0;
    const slot = nextSlot.get(userId) ?? 0;
    order[slot] = index;
    nextSlot.set(userId, slot + 1);
  }

  const movieOf = (index: number) => movieIds[index] ?? 0;
  for (const userId of users) {
    const end = nextSlot.get(userId) ?? 0;
    order
      .subarray(end - (counts.get(userId) ?? 0), end)
      .sort((left, right) => movieOf(left) - movieOf(right) || left - right);
  }

  const duplicates: number[] = [];
  let kept = 0;
  for (const index of order) {
    const last = order[kept - 1];
    const repeats =
      kept > 0 &&
      last !== undefined &&
      userIds[last] === userIds[index] &&
      movieIds[last] === movieIds[index];
    if (repeats) duplicates.push(index);
    else order[kept++] = index;
  }
  return {
    order: order.subarray(0, kept),
    duplicates: duplicates.sort((left, right) => left - right),
    numUsers: users.length,
  };
}
