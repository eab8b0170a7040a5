import type { RatingBlock } from '@pocketrocket/formats';
import type { DatasetTable } from './tables.ts';

export type SqlValue = string | number | null;

/** Brings many rows into a table of a data set, as fast as the database takes them. */
export interface TableLoader {
  /** @param columns of each row, in the order of its values */
  load(table: DatasetTable, columns: readonly string[], rows: Iterable<readonly SqlValue[]>): Promise<void>;
  /** @param onDone called with the number of ratings written */
  loadRatings(blocks: Iterable<RatingBlock>, onDone: (done: number) => void): Promise<void>;
}

export const RATING_COLUMNS = ['userId', 'movieId', 'halfStars', 'ratedAtSeconds'] as const;
