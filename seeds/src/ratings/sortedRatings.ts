import type { Quintiles, RatingBlock, SourceBlock } from '@pocketrocket/formats';

/** A user and a movie; ratings are kept in this order. */
export interface Pair {
  userId: number;
  movieId: number;
}

/** Ratings, or counts in their place, as they are sorted. */
export type ScoreBlock = Omit<SourceBlock, 'lines'>;

/** Every rating of a data set by (userId, movieId), each pair once; can be read again and again. */
export interface SortedBlocks<Block> {
  readonly length: number;
  /** The ratings after a pair; all without one. A block is valid until the next is asked for. */
  blocks(after?: Pair | null): Iterable<Block>;
}

export type SortedRatings = SortedBlocks<RatingBlock>;
export type SortedScores = SortedBlocks<ScoreBlock>;

/** The same ratings in half stars. @param quintiles of counts, what makes them stars; null where they are half stars already */
export function inHalfStars(sorted: SortedScores, quintiles: Quintiles | null): SortedRatings {
  return {
    length: sorted.length,
    *blocks(after = null) {
      for (const block of sorted.blocks(after)) yield toHalfStarBlock(block, quintiles);
    },
  };
}

/** A block in half stars: the same one, unless it holds counts. */
export function toHalfStarBlock<Block extends ScoreBlock>(
  block: Block,
  quintiles: Quintiles | null,
): Block & RatingBlock {
  const { halfStars } = block;
  if (halfStars instanceof Uint8Array) return { ...block, halfStars };
  if (!quintiles) throw new Error('counts are no stars without the quintiles of their users');
  const stars = new Uint8Array(block.length);
  for (let index = 0; index < block.length; index++)
    stars[index] = quintiles.halfStars(block.userIds[index] ?? 0, halfStars[index] ?? 0);
  return { ...block, halfStars: stars };
}

/** The rest of a block from an index on; shares its memory. */
export function blockFrom(block: ScoreBlock, start: number, end = block.length): ScoreBlock {
  return {
    length: end - start,
    userIds: block.userIds.subarray(start, end),
    movieIds: block.movieIds.subarray(start, end),
    ratedAtSeconds: block.ratedAtSeconds.subarray(start, end),
    halfStars: block.halfStars.subarray(start, end),
  };
}

/** Blocks without the ratings up to and including a pair. */
export function* blocksAfter(blocks: Iterable<ScoreBlock>, after: Pair | null): Generator<ScoreBlock> {
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

function comparePair({ userIds, movieIds }: ScoreBlock, index: number, { userId, movieId }: Pair): number {
  return (userIds[index] ?? 0) - userId || (movieIds[index] ?? 0) - movieId;
}
