import { DataSource, getMetadataArgsStorage, type DataSourceOptions } from 'typeorm';
import { AccountEntity } from './entities/account.ts';
import { AccountLinkEntity } from './entities/accountLink.ts';
import { DataImportEntity } from './entities/dataImport.ts';
import { ApiKeyEntity } from './entities/apiKey.ts';
import { AppEntity } from './entities/app.ts';
import { AppEventEntity } from './entities/appEvent.ts';
import { AppRatingEntity } from './entities/appRating.ts';
import { AppUserEntity } from './entities/appUser.ts';
import { CatalogueStateEntity } from './entities/catalogueState.ts';
import { DatasetEntity } from './entities/dataset.ts';
import { DismissedMovieEntity } from './entities/dismissedMovie.ts';
import { ErasedAccountEntity } from './entities/erasedAccount.ts';
import { ExperimentExposureEntity } from './entities/experimentExposure.ts';
import { ExternalIdsEntity } from './entities/externalIds.ts';
import { GenreEntity } from './entities/genre.ts';
import { HiddenRatingEntity } from './entities/hiddenRating.ts';
import { ImportedRatingEntity } from './entities/importedRating.ts';
import { KnownAddressEntity } from './entities/knownAddress.ts';
import { LeaseEntity } from './entities/lease.ts';
import { MovieEntity } from './entities/movie.ts';
import { MovieExternalIdEntity } from './entities/movieExternalId.ts';
import { MovieGenreEntity } from './entities/movieGenre.ts';
import { MovieTagEntity } from './entities/movieTag.ts';
import { OverlayMovieEntity } from './entities/overlayMovie.ts';
import { RatingEntity } from './entities/rating.ts';
import { RatingImportEntity } from './entities/ratingImport.ts';
import { RefreshTokenEntity } from './entities/refreshToken.ts';
import { RoleChangeEntity } from './entities/roleChange.ts';
import { TasteLinkEntity } from './entities/tasteLink.ts';
import { UserEntity } from './entities/user.ts';
import { UserExternalIdEntity } from './entities/userExternalId.ts';
import { UserGenreEntity } from './entities/userGenre.ts';
import { WebhookEntity } from './entities/webhook.ts';
import { WebhookDeliveryEntity } from './entities/webhookDelivery.ts';
import { WatchlistMovieEntity } from './entities/watchlistMovie.ts';
import { Initial1700000000000 } from './migrations/1700000000000-initial.ts';
import { Accounts1700000000001 } from './migrations/1700000000001-accounts.ts';
import { RatingsVersion1700000000003 } from './migrations/1700000000003-ratings-version.ts';
import { AccountLife1700000000004 } from './migrations/1700000000004-account-life.ts';
import { RatingImports1700000000005 } from './migrations/1700000000005-rating-imports.ts';
import { ExternalIds1700000000006 } from './migrations/1700000000006-external-ids.ts';
import { Operators1700000000011 } from './migrations/1700000000011-operators.ts';
import { Apps1700000000007 } from './migrations/1700000000007-apps.ts';
import { OverlayMovies1700000000008 } from './migrations/1700000000008-overlay-movies.ts';
import { ViewerAndExperiments1700000000010 } from './migrations/1700000000010-viewer-and-experiments.ts';
import { MoviesByTag1700000000013 } from './migrations/1700000000013-movies-by-tag.ts';
import { MovieTags1700000000009 } from './migrations/1700000000009-movie-tags.ts';
import { TasteLinks1700000000012 } from './migrations/1700000000012-taste-links.ts';
import { Collation1700000000002 } from './migrations/1700000000002-collation.ts';

export const ENTITIES = [
  MovieEntity,
  GenreEntity,
  MovieGenreEntity,
  ExternalIdsEntity,
  UserEntity,
  UserGenreEntity,
  RatingEntity,
  DatasetEntity,
  AccountEntity,
  RefreshTokenEntity,
  AccountLinkEntity,
  KnownAddressEntity,
  RoleChangeEntity,
  ErasedAccountEntity,
  RatingImportEntity,
  ImportedRatingEntity,
  MovieExternalIdEntity,
  UserExternalIdEntity,
  DataImportEntity,
  WebhookEntity,
  WebhookDeliveryEntity,
  LeaseEntity,
  AppEntity,
  ApiKeyEntity,
  AppUserEntity,
  AppEventEntity,
  AppRatingEntity,
  OverlayMovieEntity,
  CatalogueStateEntity,
  HiddenRatingEntity,
  DismissedMovieEntity,
  WatchlistMovieEntity,
  ExperimentExposureEntity,
  MovieTagEntity,
  TasteLinkEntity,
];
export const MIGRATIONS = [
  Initial1700000000000,
  Accounts1700000000001,
  Collation1700000000002,
  RatingsVersion1700000000003,
  AccountLife1700000000004,
  RatingImports1700000000005,
  ExternalIds1700000000006,
  Apps1700000000007,
  OverlayMovies1700000000008,
  MovieTags1700000000009,
  ViewerAndExperiments1700000000010,
  Operators1700000000011,
  TasteLinks1700000000012,
  MoviesByTag1700000000013,
];

/** The names of all tables but TypeORM's own. */
export const TABLE_NAMES: readonly string[] = getMetadataArgsStorage()
  .tables.filter(({ target }) => (ENTITIES as unknown[]).includes(target))
  .flatMap(({ name }) => name ?? []);

/** Connects and brings the tables up to date; what fails leaves no connection open. @param only names of the only migrations to run */
export async function openDataSource(
  options: DataSourceOptions,
  migrate: (dataSource: DataSource) => Promise<void>,
  only?: readonly string[],
): Promise<DataSource> {
  const migrations = only ? MIGRATIONS.filter((one) => only.includes(new one().name)) : MIGRATIONS;
  const dataSource = new DataSource({ ...options, entities: ENTITIES, migrations });
  try {
    await dataSource.initialize();
    await migrate(dataSource);
    return dataSource;
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  }
}
