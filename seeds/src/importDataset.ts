import {
  DatasetEntity,
  MovieEntity,
  type Database,
  type DatabaseFailure,
  type DialectName,
} from '@pocketrocket/schema/database';
import { AppError, messageOf, type Progress } from '@pocketrocket/runtime';
import type { ProblemKind } from '@pocketrocket/formats';
import { QueryFailedError } from 'typeorm';
import type { Importer } from './database/importer.ts';
import { importIntoMysql } from './database/mysqlImport.ts';
import { importIntoSqlite } from './database/sqliteImport.ts';
import type { Dataset } from './dataset/dataset.ts';
import type { KnownFacts } from './dataset/knownFacts.ts';

/** The outcome of a command, as `--json` prints it. */
export interface SeedReport {
  /** `kept`: the database holds a data set and was to be left alone; `unchanged`: it holds this one already. */
  status: 'imported' | 'replaced' | 'unchanged' | 'kept' | 'checked' | 'converted' | 'reused';
  dataset: string;
  /** `sha256:…` of the content. */
  identity: string;
  /** True where the ratings are made up. */
  synthetic: boolean;
  movies: number;
  users: number;
  ratings: number;
  genres: number;
  /** Rows left out and values left empty, by kind. */
  skipped: Partial<Record<ProblemKind, number>>;
  /** Counts of what is known of movies and ratings; null of a data set that was read at another time. */
  known: KnownFacts | null;
}

export function reportOf(dataset: Dataset, status: SeedReport['status']): SeedReport {
  return {
    status,
    dataset: dataset.name,
    identity: dataset.identity,
    synthetic: dataset.synthetic,
    movies: dataset.movies.length,
    users: dataset.numUsers,
    ratings: dataset.ratings.length,
    genres: dataset.genres.length,
    skipped: dataset.skipped.counts(),
    known: dataset.known,
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
      known: null,
    }
  );
}

const IMPORTERS = { sqlite: importIntoSqlite, mysql: importIntoMysql } satisfies Record<
  DialectName,
  Importer
>;

export interface ImportDatasetOptions {
  replace: boolean;
  progress: Progress;
  /** Says something that does not concern the result, such as how it is loaded. */
  say?: (line: string) => void;
}

/**
 * Brings a data set into a database at once: a failure at any point leaves what was there. Accounts stay, with
 * their ratings of movies that both data sets have.
 * @throws AppError DATASET_MISMATCH when the database holds another one and `replace` is not set;
 *   ENVIRONMENT when the database cannot take it;
 *   UPSTREAM_UNAVAILABLE when the server went away
 */
export async function importDataset(
  database: Database,
  dataset: Dataset,
  { replace, progress, say = () => {} }: ImportDatasetOptions,
): Promise<SeedReport> {
  const found = await compare(database, dataset, replace);
  if (found === 'same') return reportOf(dataset, 'unchanged');
  try {
    await IMPORTERS[database.dialect.name](database, dataset, {
      progress,
      say,
      check: async () => void (await compare(database, dataset, replace)),
    });
  } catch (error) {
    if (!(error instanceof QueryFailedError)) throw error;
    throw new AppError(
      'ENVIRONMENT',
      `the database rejected the import and is unchanged: ${messageOf(error)}${HINTS[database.dialect.failureOf(error.driverError) ?? 'other']}`,
      { cause: error },
    );
  }
  return reportOf(dataset, found === 'empty' ? 'imported' : 'replaced');
}

/** Compares the database's data set with another one. @throws AppError DATASET_MISMATCH when it is another one, not to be replaced */
async function compare(
  database: Database,
  dataset: Dataset,
  replace: boolean,
): Promise<'same' | 'empty' | 'other'> {
  const held = await heldDataset(database);
  if (held?.identity === dataset.identity) return 'same';
  if (!held && !(await database.dataSource.getRepository(MovieEntity).exists())) return 'empty';
  if (replace) return 'other';
  throw new AppError(
    'DATASET_MISMATCH',
    `the database holds ${held ? `another data set, ${held.dataset} (${held.ratings} ratings)` : 'movies that belong to no data set'}; ` +
      `use --replace to replace it with ${dataset.name} (${dataset.ratings.length} ratings)`,
  );
}

const LOCKED = '; another process is writing to it: try again when that has finished';

/** Advice for each failure, as the end of a sentence. */
const HINTS: Readonly<Record<DatabaseFailure | 'other', string>> = {
  busy: LOCKED,
  deadlock: LOCKED,
  duplicate: '; another import finished first: try again',
  full: '; free disk space and try again',
  unavailable: '',
  tablesChanged: '',
  other: '',
};
