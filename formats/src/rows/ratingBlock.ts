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
export interface SourceBlock extends Omit<RatingBlock, 'halfStars'> {
  /** 1 … 10; of a source of counts the counts, as only all of a user's say how many stars they are. */
  halfStars: Uint8Array | Float32Array;
  /** Lines of the file, counted from 1. */
  lines: Uint32Array;
}

/** Unix time of a rating whose time is unknown. */
export const UNKNOWN_TIME = -1;

export const BLOCK_LENGTH = 1 << 14;

/** An empty block with room for `capacity` ratings. @param ofCounts for counts instead of half stars */
export function sourceBlock(capacity: number, ofCounts = false): SourceBlock {
  return {
    length: 0,
    userIds: new Int32Array(capacity),
    movieIds: new Int32Array(capacity),
    ratedAtSeconds: new Int32Array(capacity),
    halfStars: ofCounts ? new Float32Array(capacity) : new Uint8Array(capacity),
    lines: new Uint32Array(capacity),
  };
}
