import { DatasetEntity, MovieEntity, type Database } from '@pocketrocket/schema/db';
import { AppError, messageOf, systemErrorCode, type Progress } from '@pocketrocket/schema/runtime';
import { QueryFailedError } from 'typeorm';
import { readAccounts, writeAccounts } from './database/keepAccounts.ts';
import { clearDataset, writeDataset } from './database/writeDataset.ts';
import type { Dataset } from './dataset/dataset.ts';
import type { BadRowKind } from './dataset/skipped.ts';

/** What came of a command, as `--json` prints it. */
export interface SeedReport {
  /** `kept`: the database holds a data set and was to be left alone; `unchanged`: it holds this one already. */
  status: 'imported' | 'replaced' | 'unchanged' | 'kept' | 'checked' | 'converted' | 'reused';
  dataset: string;
  /** `sha256:…` of the content. */
  identity: string;
  /** Whether the ratings are made up. */
  synthetic: boolean;
  movies: number;
  users: number;
  ratings: number;
  genres: number;
  /** Rows left out, by kind. */
  skipped: Partial<Record<BadRowKind, number>>;
}

export function reportOf(dataset: Dataset, status: SeedReport['status']): SeedReport {
  return {
    status,
    dataset: dataset.name,
    identity: dataset.identity,
    synthetic: dataset.synthetic,
    movies: dataset.movies.length,
    users: dataset.numUsers,
    ratings: dataset.order.length,
    genres: dataset.genres.length,
    skipped: dataset.skipped.counts(),
  };
}

/** The data set that a database holds, as a report; null where it holds none. */
export async function heldDataset({ dataSource }: Database): Promise<SeedReport | null> {
  const held = await dataSource.getRepository(DatasetEntity).findOneBy({ datasetId: 1 });
  return (
    held && {
      status: 'kept',
      dataset: held.name,
      identity: held.identity,
      synthetic: held.synthetic,
      movies: held.movieCount,
      users: held.userCount,
      ratings: held.ratingCount,
      genres: held.genreCount,
      skipped: {},
    }
  );
}

/**
 * Brings a data set into a database in one transaction: a failure at any point leaves what was there. Accounts stay, with
 * their ratings of movies that both data sets have.
 * @throws AppError DATASET_MISMATCH when the database holds another one and `replace` is not set;
 *   ENVIRONMENT when the database cannot take it
 */
export async function importDataset(
  database: Database,
  dataset: Dataset,
  { replace, progress }: { replace: boolean; progress: Progress },
): Promise<SeedReport> {
  const held = await heldDataset(database);
  if (held?.identity === dataset.identity) return reportOf(dataset, 'unchanged');
  const isEmpty = !held && !(await database.dataSource.getRepository(MovieEntity).exists());
  if (!isEmpty && !replace) {
    throw new AppError(
      'DATASET_MISMATCH',
      `the database holds ${held ? `another data set, ${held.dataset} (${held.ratings} ratings)` : 'movies of no known data set'}; ` +
        `give --replace to put ${dataset.name} (${dataset.order.length} ratings) in its place`,
    );
  }
  try {
    await database.transaction(async (manager) => {
      const accounts = await readAccounts(manager);
      if (!isEmpty) await clearDataset(manager);
      await writeDataset(manager, dataset, progress);
      await writeAccounts(manager, accounts, dataset);
    });
  } catch (error) {
    if (!(error instanceof QueryFailedError)) throw error;
    throw new AppError(
      'ENVIRONMENT',
      `the database refused the import and is as it was: ${messageOf(error)}${hintFor(error.driverError)}`,
      { cause: error },
    );
  }
  if (database.engine === 'mysql') await refreshStatistics(database);
  return reportOf(dataset, isEmpty ? 'imported' : 'replaced');
}

function hintFor(driverError: unknown): string {
  const code = systemErrorCode(driverError) ?? '';
  if (/BUSY|LOCK/.test(code)) return '; another process is writing to it: try again when that has finished';
  if (/CONSTRAINT|DUP_ENTRY/.test(code)) return '; another import came first: try again';
  if (/FULL/.test(code)) return '; make room on its disk and try again';
  return '';
}

/** Until it counts anew, MySQL plans queries as if the tables were still empty. */
async function refreshStatistics({ dataSource }: Database): Promise<void> {
  const tables = dataSource.entityMetadatas.map(({ tableName }) => dataSource.driver.escape(tableName));
  await dataSource.query(`ANALYZE TABLE ${tables.join(', ')}`);
}
