/** The database: entities, migrations and the one factory that opens it, for SQLite and MySQL alike. */
import 'reflect-metadata';

export {
  assignments,
  GenreTally,
  meanRatingOf,
  MOVIE_AGGREGATE_COLUMNS,
  movieAggregates,
  MovieTallies,
  PRIOR_RATING_COUNT,
  RatingTally,
  TALLY_COLUMNS,
  tallyValues,
  weightedRating,
  type GenreShare,
  type RatingShare,
} from './aggregates.ts';
export { changeRatings, type RatingStep } from './changeRatings.ts';
export { inspectDatabase, openDatabase } from './database.ts';
export { databaseFileOf, databaseUrlProblems, describeDatabaseUrl, dialectNameOf } from './databaseUrl.ts';
export { ENTITIES, MIGRATIONS, TABLE_NAMES } from './dataSource.ts';
export type {
  Database,
  DatabaseEngine,
  DatabaseFailure,
  Dialect,
  Inspection,
  OpenDatabaseOptions,
  WriteFailure,
  WriteProblem,
  WriteState,
} from './dialects/dialect.ts';
export { dialectOf, DIALECTS } from './dialects/index.ts';
export type { DialectName } from './dialects/urls.ts';
export { ACCOUNT_ROLES, AccountEntity, FIRST_ACCOUNT_USER_ID, type AccountRole } from './entities/account.ts';
export {
  API_SCOPES,
  ApiKeyEntity,
  KEY_ID_LENGTH,
  KEY_NAME_LENGTH,
  type StoredScope,
} from './entities/apiKey.ts';
export { APP_ID_LENGTH, APP_NAME_LENGTH, AppEntity } from './entities/app.ts';
export { AppEventEntity, EVENT_ID_LENGTH, EVENT_KINDS, type StoredEventKind } from './entities/appEvent.ts';
export { AppRatingEntity } from './entities/appRating.ts';
export { AppUserEntity, FIRST_APP_USER_ID } from './entities/appUser.ts';
export { AccountLinkEntity, type LinkPurpose } from './entities/accountLink.ts';
export { DataImportEntity, type DataImportStatus } from './entities/dataImport.ts';
export { CatalogueStateEntity } from './entities/catalogueState.ts';
export { DatasetEntity } from './entities/dataset.ts';
export { DismissedMovieEntity } from './entities/dismissedMovie.ts';
export { ErasedAccountEntity } from './entities/erasedAccount.ts';
export { EXPERIMENT_NAME_LENGTH, ExperimentExposureEntity } from './entities/experimentExposure.ts';
export {
  countExperiment,
  type ArmCount,
  type CountedExperiment,
  type ExperimentCounts,
} from './experimentCounts.ts';
export { normaliseEmail } from './emailAddress.ts';
export { ExternalIdsEntity } from './entities/externalIds.ts';
export { GenreEntity } from './entities/genre.ts';
export { HiddenRatingEntity } from './entities/hiddenRating.ts';
export { ImportedRatingEntity } from './entities/importedRating.ts';
export { KnownAddressEntity } from './entities/knownAddress.ts';
export { LeaseEntity } from './entities/lease.ts';
export { MovieEntity } from './entities/movie.ts';
export { MovieExternalIdEntity } from './entities/movieExternalId.ts';
export { MovieGenreEntity } from './entities/movieGenre.ts';
export { MAX_TAG_LENGTH, MovieTagEntity } from './entities/movieTag.ts';
export {
  APP_NAMESPACES,
  appOfNamespace,
  FIRST_OVERLAY_MOVIE_ID,
  MAX_OVERVIEW_LENGTH,
  namespaceOfApp,
  OverlayMovieEntity,
} from './entities/overlayMovie.ts';
export { RatingEntity } from './entities/rating.ts';
export { MAX_IMPORT_ID_LENGTH, RatingImportEntity } from './entities/ratingImport.ts';
export {
  HISTOGRAM_COLUMNS,
  histogramCounts,
  RatingHistogramColumns,
  toHistogramColumns,
} from './entities/ratingHistogram.ts';
export { RefreshTokenEntity } from './entities/refreshToken.ts';
export { RoleChangeEntity } from './entities/roleChange.ts';
export { UserEntity } from './entities/user.ts';
export {
  DATASET_NAMESPACE,
  FORMER_NAMESPACE,
  EXTERNAL_ID_LENGTH,
  UserExternalIdEntity,
} from './entities/userExternalId.ts';
export { UserGenreEntity } from './entities/userGenre.ts';
export {
  MAX_WEBHOOK_URL_LENGTH,
  WEBHOOK_EVENTS,
  WebhookEntity,
  type WebhookEventName,
} from './entities/webhook.ts';
export { WebhookDeliveryEntity, type DeliveryState } from './entities/webhookDelivery.ts';
export { lockCatalogue, readCatalogueState } from './overlay/catalogueState.ts';
export { genreKey } from './overlay/genres.ts';
export { LinkedMovies } from './overlay/targets.ts';
export { hideOverlayMovies, type HiddenMovies } from './overlay/hideOverlayMovies.ts';
export type { OverlayFilm, OverlayRow } from './overlay/overlayFilm.ts';
export { readOverlay } from './overlay/overlayFilm.ts';
export { MOVIE_COLUMNS, movieValues } from './overlay/places.ts';
export { upsertOverlayMovies, type UpsertedMovies } from './overlay/upsertOverlayMovies.ts';
export { TasteLinkEntity } from './entities/tasteLink.ts';
export { WatchlistMovieEntity } from './entities/watchlistMovie.ts';
export {
  addMark,
  dismissMovies,
  removeMark,
  restoreMovies,
  tableOfMark,
  type MovieMark,
} from './movieMarks.ts';
export { claimHome, needsHome, placesOf } from './places.ts';
export {
  importRatings,
  MAX_IMPORT_ROWS,
  type ImportedBatch,
  type ImportedRow,
  type ImportOutcome,
} from './ratingImports/importRatings.ts';
export { MAX_KEPT_IMPORTS } from './ratingImports/importTables.ts';
export { undoImport, type UndoneBatch } from './ratingImports/undoImport.ts';
export {
  AGGREGATE_TABLES,
  recomputeAggregates,
  type AggregateTable,
  type RecomputedTable,
} from './recompute.ts';
export { lockAccount, lockApp, lockMovie, lockMovies, lockUser } from './rowLocks.ts';
export { groupBy } from './groupBy.ts';
export { insertRows, placeholders, replaceRows } from './statements.ts';
export { toSortTitle } from './sortTitle.ts';
export { asUnavailable, DOES_NOT_ANSWER } from './unavailable.ts';
export { writeFailureOf } from './writes.ts';
export { MYSQL_COLLATION, mysqlServerOf } from './dialects/mysql/collation.ts';
export { mysqlAddress, mysqlConnectionOptions } from './dialects/mysql/connectionOptions.ts';
export { databaseLockName } from './dialects/mysql/migrate.ts';
export { parseMysqlUrl } from './dialects/mysql/url.ts';
export { nativeSqliteProblem } from './dialects/sqlite/nativeDriver.ts';
export { sqliteUrlOf } from './dialects/sqlite/url.ts';
