/** The database: entities, migrations and the one factory that opens it, for SQLite and MySQL alike. */
import 'reflect-metadata';

export {
  ENTITIES,
  MIGRATIONS,
  nativeSqliteProblem,
  openDatabase,
  type Database,
  type DatabaseEngine,
  type OpenDatabaseOptions,
} from './database.ts';
export { databaseUrlProblems } from './databaseUrl.ts';
export { inspectDatabase, sqliteFileOf, TABLE_NAMES, type Inspection } from './inspect.ts';
export { AccountEntity, FIRST_ACCOUNT_USER_ID } from './entities/account.ts';
export { DatasetEntity } from './entities/dataset.ts';
export { ExternalIdsEntity } from './entities/externalIds.ts';
export { GenreEntity } from './entities/genre.ts';
export { MovieEntity } from './entities/movie.ts';
export { MovieGenreEntity } from './entities/movieGenre.ts';
export { RatingEntity } from './entities/rating.ts';
export {
  HISTOGRAM_COLUMNS,
  histogramCounts,
  RatingHistogramColumns,
  toHistogramColumns,
} from './entities/ratingHistogram.ts';
export { UserEntity } from './entities/user.ts';
export { UserGenreEntity } from './entities/userGenre.ts';
export { PRIOR_RATING_COUNT, toSortTitle, weightedRating } from './ratings.ts';
export { databaseLockName } from './migrate.ts';
export { asUnavailable } from './unavailable.ts';
export { mysqlAddress, mysqlConnectionOptions } from './mysql/connectionOptions.ts';
export { parseMysqlUrl } from './mysql/mysqlUrl.ts';
