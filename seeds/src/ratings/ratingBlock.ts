/** Some ratings as columns. */
export interface RatingBlock {
  length: number;
  userIds: Int32Array;
  movieIds: Int32Array;
  /** `UNKNOWN_TIME` where unknown. */
  ratedAtSeconds: Int32Array;
  /** 1 … 10. */
  halfStars: Uint8Array;
}

/** Ratings as a source gives them, with where each stands. */
export interface SourceBlock extends RatingBlock {
  /** Lines of the file, counted from 1. */
  lines: Uint32Array;
}

/** Unix time of a rating whose time is unknown. */
export const UNKNOWN_TIME = -1;

export const BLOCK_LENGTH = 1 << 14;

/** An empty block with room for `capacity` ratings. */
export function sourceBlock(capacity: number): SourceBlock {
  return {
    length: 0,
    userIds: new Int32Array(capacity),
    movieIds: new Int32Array(capacity),
    ratedAtSeconds: new Int32Array(capacity),
    halfStars: new Uint8Array(capacity),
    lines: new Uint32Array(capacity),
  };
}

/** A user and a movie; ratings are kept in this order. */
export interface Pair {
  userId: number;
  movieId: number;
}

/** Every rating of a data set by (userId, movieId), each pair once; can be read again and again. */
export interface SortedRatings {
  readonly length: number;
  /** The ratings after a pair; all without one. A block is valid until the next is asked for. */
  blocks(after?: Pair | null): Iterable<RatingBlock>;
}

/** The rest of a block from an index on; shares its memory. */
export function blockFrom(block: RatingBlock, start: number, end = block.length): RatingBlock {
  return {
    length: end - start,
    userIds: block.userIds.subarray(start, end),
    movieIds: block.movieIds.subarray(start, end),
    ratedAtSeconds: block.ratedAtSeconds.subarray(start, end),
    halfStars: block.halfStars.subarray(start, end),
  };
}

/** Blocks without the ratings up to and including a pair. */
export function* blocksAfter(blocks: Iterable<RatingBlock>, after: Pair | null): Generator<RatingBlock> {
  let passed = after === null;
  for (const block of blocks) {
    if (passed || after === null) {
      yield block;
      continue;
    }
    let start = 0;
    while (start < block.length && comparePair(block, start, after) <= 0) start++;
    if (start === block.length) continue;
    passed = true;
    yield blockFrom(block, start);
  }
}

function comparePair({ userIds, movieIds }: RatingBlock, index: number, { userId, movieId }: Pair): number {
  return (userIds[index] ?? 0) - userId || (movieIds[index] ?? 0) - movieId;
}
