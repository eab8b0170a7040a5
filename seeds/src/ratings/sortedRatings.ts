import type { RatingBlock } from '@pocketrocket/formats';

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
