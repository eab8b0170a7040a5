import type { Database } from '@pocketrocket/schema/database';
import type { Progress } from '@pocketrocket/runtime';
import type { Dataset } from '../dataset/dataset.ts';

export interface ImporterOptions {
  progress: Progress;
  /** Says something that does not concern the result. */
  say: (line: string) => void;
  /**
   * Called when no other import can run any more, where several could run at the same time.
   * @throws AppError where the database must not be replaced
   */
  check: () => Promise<void>;
}

/** Puts a data set in the place of what a database of one dialect holds, the way that is fastest there. */
export type Importer = (database: Database, dataset: Dataset, options: ImporterOptions) => Promise<void>;
