import { FIRST_MAPPED_ID } from '@pocketrocket/formats';
import { FIRST_ACCOUNT_USER_ID } from '@pocketrocket/schema/database';

/** The tables that belong to a data set, or speak of its movies; those that refer to others come first, as they are deleted. */
export const DATASET_TABLES = [
  'rating',
  'dismissed_movie',
  'watchlist_movie',
  'user_genre',
  'user_external_id',
  'user',
  'external_ids',
  'movie_external_id',
  'movie_genre',
  'movie_tag',
  'movie',
  'genre',
  'dataset',
] as const;

export type DatasetTable = (typeof DATASET_TABLES)[number];

/** Tables of which a data set has only the rows of its namespace. */
export const EXTERNAL_ID_TABLES = ['user_external_id', 'movie_external_id'] as const satisfies DatasetTable[];

/**
 * Statements that delete what other tables know of a former data set: of its users, whose numbers are others' after an import, what
 * experiments showed them, but not that of accounts and apps' users; and the tastes that visitors without an account lent to groups, which
 * name its movies.
 */
export const FORGET_FORMER_DATA = [
  `DELETE FROM experiment_exposure WHERE userId < ${FIRST_ACCOUNT_USER_ID} OR userId >= ${FIRST_MAPPED_ID}`,
  'DELETE FROM taste_link WHERE userId IS NULL',
] as const;

/** Names the table into which an import writes. */
export type TableNames = (table: DatasetTable) => string;

/** The tables that the server reads. */
export const liveNames: TableNames = (table) => table;
/** The tables beside them that an import fills. */
export const stagingNames: TableNames = (table) => `${table}__import`;
/** The replaced tables, until they are dropped. */
export const oldNames: TableNames = (table) => `${table}__old`;
