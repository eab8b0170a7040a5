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

/** Names the table into which an import writes. */
export type TableNames = (table: DatasetTable) => string;

/** The tables that the server reads. */
export const liveNames: TableNames = (table) => table;
/** The tables beside them that an import fills. */
export const stagingNames: TableNames = (table) => `${table}__import`;
/** The replaced tables, until they are dropped. */
export const oldNames: TableNames = (table) => `${table}__old`;
