import type { Progress } from '@pocketrocket/runtime';
import type { RatingOptions, RowSource, SkippedRows } from '@pocketrocket/formats';
import type { KnownIds } from './numbering.ts';

export interface ReadOptions extends Partial<RatingOptions> {
  /** End at the first bad row. */
  strict: boolean;
  /** Take the rest however many rows cannot be used. */
  allowSkipped?: boolean;
  /** Pass over tags, which are of no use for what the data set is read for. */
  withoutTags?: boolean;
  progress: Progress;
  /** Numbers that ids have already, where they are no plain numbers; none without it. */
  known?: KnownIds;
  /** The folder for ratings that do not fit in memory, and the key to sorts kept there; a temporary folder without it. */
  spill?: {
    folder: string;
    /** Changes when the source does. */
    fingerprint: string;
  };
  /** Number of ratings that are sorted in memory; see `RatingSorter`. */
  ratingsInMemory?: number;
}

/** A source that is being read. */
export interface Reading {
  source: RowSource;
  skipped: SkippedRows;
  options: ReadOptions;
}
