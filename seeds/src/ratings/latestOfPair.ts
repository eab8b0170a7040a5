import { UNKNOWN_TIME, type SourceBlock } from '@pocketrocket/formats';
import type { DuplicateLines } from './duplicateLines.ts';

/** A block that takes ratings: the last one of its block is the one that was pushed last. */
export interface RatingSink {
  block: SourceBlock;
  push(from: SourceBlock, index: number): void;
}

/**
 * Passes on ratings that come by user and movie, and of the same pair in the order of the file: of those the latest counts, and where times are equal or one is
 * unknown the later row. The lines of the others go to the duplicates.
 */
export function latestOfPair(
  to: RatingSink,
  duplicates: DuplicateLines,
): (from: SourceBlock, index: number) => void {
  return (from, index) => {
    const { block } = to;
    const last = block.length - 1;
    const userId = from.userIds[index] ?? 0;
    const movieId = from.movieIds[index] ?? 0;
    if (last < 0 || block.userIds[last] !== userId || block.movieIds[last] !== movieId) {
      to.push(from, index);
      return;
    }
    const isLater = isNotBefore(from.ratedAtSeconds[index], block.ratedAtSeconds[last]);
    duplicates.add((isLater ? block.lines[last] : from.lines[index]) ?? 0, userId, movieId);
    if (isLater) copyRating(from, index, block, last);
  };
}

function isNotBefore(at = UNKNOWN_TIME, other = UNKNOWN_TIME): boolean {
  return at === UNKNOWN_TIME || other === UNKNOWN_TIME || at >= other;
}

/** Copies one rating into a place of another block, whose length stays. */
export function copyRating(from: SourceBlock, index: number, to: SourceBlock, at: number): void {
  to.userIds[at] = from.userIds[index] ?? 0;
  to.movieIds[at] = from.movieIds[index] ?? 0;
  to.ratedAtSeconds[at] = from.ratedAtSeconds[index] ?? 0;
  to.halfStars[at] = from.halfStars[index] ?? 0;
  to.lines[at] = from.lines[index] ?? 0;
}
