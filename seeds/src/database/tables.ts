/** The tables that belong to a data set; those that refer to others come first, as they are deleted. */
export const DATASET_TABLES = [
  'rating',
  'user_genre',
  'user',
  'external_ids',
  'movie_genre',
  'movie',
  'genre',
  'dataset',
] as const;

export type DatasetTable = (typeof DATASET_TABLES)[number];

/** What each table is called where an import writes it. */
export type TableNames = (table: DatasetTable) => string;

/** Where the server reads them. */
export const liveNames: TableNames = (table) => table;
/** Beside those, until the import is complete. */
export const stagingNames: TableNames = (table) => `${table}__import`;
/** What was replaced, until it is dropped. */
export const oldNames: TableNames = (table) => `${table}__old`;
