import type { Database } from '@pocketrocket/schema/database';

/** The place in which a restore makes the tables, and the step that makes them the database. */
export interface RestorePlace {
  /** The database to fill. */
  url: string;
  /** Lets rows come before those that they refer to. */
  allowAnyOrder(database: Database): Promise<void>;
  /** Puts what was filled in the place of the present database; it is closed. */
  replace(): Promise<void>;
  /** Removes what was begun; it is closed. */
  abandon(): Promise<void>;
}

/** Makes room for a restore into the database of a URL. */
export type PrepareRestore = (url: string) => Promise<RestorePlace>;
