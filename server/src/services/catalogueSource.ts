import type { Database } from '@pocketrocket/schema/db';
import { messageOf, type Logger } from '@pocketrocket/schema/runtime';
import { CatalogueRepository } from '../repositories/catalogueRepository.ts';
import { Catalogue } from './catalogue.ts';
import { MovieSearch } from './movieSearch.ts';

/** Where the catalogue of the moment comes from. */
export interface CatalogueSource {
  /** The catalogue; the same object until the data set changes. */
  current(): Catalogue;
  /** Looks once whether the database holds another data set, and reads it if so; a look under way is waited for instead. */
  refresh(): Promise<void>;
  /** Stops looking. */
  close(): void;
}

/**
 * Reads the catalogue in one pass, and again whenever the database holds another data set.
 * A look costs one read of one row; when it fails the catalogue at hand stays and the failure is logged.
 */
export async function openCatalogue(
  database: Database,
  logger: Logger,
  { lookEveryMs = 2_000 }: { lookEveryMs?: number } = {},
): Promise<CatalogueSource> {
  const repository = new CatalogueRepository(database.dataSource);
  let catalogue = await readCatalogue(repository);
  let reading: Promise<void> | undefined;
  const refresh = () =>
    (reading ??= (async () => {
      const dataset = await repository.dataset();
      if (dataset?.identity === catalogue.dataset?.identity) return;
      catalogue = await readCatalogue(repository);
      logger.info({ dataset: catalogue.dataset?.name, movies: catalogue.movies.length }, 'catalogue changed');
    })().finally(() => (reading = undefined)));
  const timer = setInterval(() => {
    refresh().catch((error: unknown) =>
      logger.error({ error: messageOf(error) }, 'catalogue cannot be read'),
    );
  }, lookEveryMs);
  timer.unref();
  return { current: () => catalogue, refresh, close: () => clearInterval(timer) };
}

async function readCatalogue(repository: CatalogueRepository): Promise<Catalogue> {
  const { dataset, genres, movies, titles } = await repository.read();
  return new Catalogue({ dataset, genres, movies, search: await MovieSearch.of(titles) });
}
