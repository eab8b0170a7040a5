import type { CatalogueState } from '@pocketrocket/schema';
import { AccountEntity, AppUserEntity, type Database } from '@pocketrocket/schema/database';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ModelState } from '../model/modelWatcher.ts';

/** The catalogue in numbers, and how far the model knows it. */
export async function readCatalogueState(
  { dataSource }: Pick<Database, 'dataSource'>,
  { dataset, movies, genres }: Pick<Catalogue, 'dataset' | 'movies' | 'genres'>,
  { model }: ModelState,
): Promise<CatalogueState> {
  let withoutGenresCount = 0;
  let withoutYearCount = 0;
  let withoutRatingsCount = 0;
  let knownToModelCount = 0;
  for (let place = 0; place < movies.length; place++) {
    if (movies.numGenres(place) === 0) withoutGenresCount++;
    if (movies.releaseYear(place) === null) withoutYearCount++;
    if (movies.ratingCount(place) === 0) withoutRatingsCount++;
    if (model && model.items.indexOf(movies.movieId(place)) >= 0) knownToModelCount++;
  }
  return {
    dataset: dataset?.name ?? null,
    importedAt: dataset && new Date(dataset.importedAtSeconds * 1000),
    movieCount: movies.length,
    genreCount: genres.length,
    userCount: dataset?.userCount ?? 0,
    accountCount: await dataSource.getRepository(AccountEntity).count(),
    appUserCount: await dataSource.getRepository(AppUserEntity).count(),
    appMovieCount: await countAppMovies(dataSource),
    ratingCount: movies.numRatings,
    withoutGenresCount,
    withoutYearCount,
    withoutRatingsCount,
    placedByContentCount: model ? model.items.size - model.numTrainedItems : 0,
    unknownToModelCount: movies.length - knownToModelCount,
  };
}

/** Movies with an id in the namespace of an app, `app:<appId>`. */
async function countAppMovies(dataSource: Database['dataSource']): Promise<number> {
  const [row] = await dataSource.query<{ number: number | string }[]>(
    "SELECT COUNT(DISTINCT movieId) AS number FROM movie_external_id WHERE namespace >= 'app:' AND namespace < 'app;'",
  );
  return Number(row?.number ?? 0);
}
