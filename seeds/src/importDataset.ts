import {
  DataImportEntity,
  DatasetEntity,
  MovieEntity,
  type Database,
  type DatabaseFailure,
  type DialectName,
} from '@pocketrocket/schema/database';
import { AppError, messageOf, type Progress, randomId } from '@pocketrocket/runtime';
import type { ProblemKind } from '@pocketrocket/formats';
import { QueryFailedError } from 'typeorm';
import { counted } from './backup/holdings.ts';
import type { Importer } from './database/importer.ts';
import type { Queries } from './database/bulkInsert.ts';
import { keptRatings, readAccounts } from './database/keepAccounts.ts';
import { planOverlay, readKeptOverlay } from './database/keepOverlay.ts';
import { importIntoMysql } from './database/mysqlImport.ts';
import { importIntoSqlite } from './database/sqliteImport.ts';
import { bringTags } from './database/writeTags.ts';
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
  /** Identity of the data set that was there when this was asked for, null for none; what is there now unless given. */
  expected?: string | null;
  progress: Progress;
  /** Says something that does not concern the result, such as how it is loaded. */
  say?: (line: string) => void;
}

/**
 * Brings a data set into a database at once: a failure at any point leaves what was there. Accounts stay, with
 * their ratings of movies that both data sets have.
 * @throws AppError DATASET_MISMATCH when the database holds another one and `replace` is not set; CONFLICT when another import has
 *   changed it since this one was asked for;
 *   ENVIRONMENT when the database cannot take it;
 *   UPSTREAM_UNAVAILABLE when the server went away
 */
export async function importDataset(
  database: Database,
  dataset: Dataset,
  { replace, expected, progress, say = () => {} }: ImportDatasetOptions,
): Promise<SeedReport> {
  const startedAtSeconds = Math.floor(Date.now() / 1000);
  const before = expected === undefined ? ((await heldDataset(database))?.identity ?? null) : expected;
  const compareNow = () => compare(database, dataset, replace, before);
  const found = await compareNow();
  if (found === 'same') {
    if (dataset.tags && (await bringTags(database, dataset.tags)))
      say(`The data set is there already; its tags (${counted(dataset.tags.numGiven, 'tag')}) are new.`);
    return reportOf(dataset, 'unchanged');
  }
  if (found === 'other') await tellReplaced(database, dataset, say);
  try {
    await IMPORTERS[database.dialect.name](database, dataset, {
      progress,
      say,
      check: async () => void (await compareNow()),
    });
  } catch (error) {
    if (!(error instanceof QueryFailedError)) throw error;
    throw new AppError(
      'ENVIRONMENT',
      `the database rejected the import and is unchanged: ${messageOf(error)}${HINTS[database.dialect.failureOf(error.driverError) ?? 'other']}`,
      { cause: error },
    );
  }
  const status = found === 'empty' ? 'imported' : 'replaced';
  const report = reportOf(dataset, status);
  // The data are there; that nobody is told of them later is no reason to call this a failure.
  await noteImport(database, report, { status, startedAtSeconds }).catch((error: unknown) =>
    say(`The import could not be noted for \`npm run admin -- imports\`: ${messageOf(error)}`),
  );
  return report;
}

/** Notes an import for operators, who see it among all that were done. */
async function noteImport(
  { dataSource }: Database,
  { dataset, identity, movies, users, ratings, skipped }: SeedReport,
  { status, startedAtSeconds }: Pick<DataImportEntity, 'status' | 'startedAtSeconds'>,
): Promise<void> {
  await dataSource.getRepository(DataImportEntity).insert({
    dataImportId: randomId(),
    status,
    dataset,
    identity,
    movieCount: movies,
    userCount: users,
    ratingCount: ratings,
    skipped,
    startedAtSeconds,
    finishedAtSeconds: Math.floor(Date.now() / 1000),
  });
}

/** Says what an import takes the place of, before it does. */
async function tellReplaced(
  database: Database,
  dataset: Dataset,
  say: (line: string) => void,
): Promise<void> {
  const held = await heldDataset(database);
  if (held)
    say(
      `--replace removes the data set ${held.dataset} (${counted(held.movies, 'movie')}, ${counted(held.users, 'user')}, ${counted(held.ratings, 'rating')}).`,
    );
  const { manager } = database.dataSource;
  const apps = await countApps(manager);
  if (apps !== null) say(`${apps} stay.`);
  const { userIds, ratings } = await readAccounts(manager);
  if (userIds.length === 0) return;
  const plan = planOverlay(await readKeptOverlay(manager), dataset);
  const numLost = ratings.length - keptRatings(ratings, dataset, plan).length;
  say(
    `${counted(userIds.length, 'account')} and ${counted(ratings.length - numLost, 'rating')} of theirs stay` +
      (numLost === 0 ? '.' : `; ${counted(numLost, 'rating')} of movies that ${dataset.name} lacks go.`),
  );
}

/** Says what apps hold beside the data set, in words; null without an app. */
async function countApps(queries: Queries): Promise<string | null> {
  const count = async (table: string) => {
    const [row] = (await queries.query(`SELECT COUNT(*) AS total FROM ${table}`)) as {
      total: number | string;
    }[];
    return Number(row?.total ?? 0);
  };
  const apps = await count('app');
  if (apps === 0) return null;
  const [users, events, movies] = [
    await count('app_user'),
    await count('app_event'),
    await count('overlay_movie'),
  ];
  return `${counted(apps, 'app')} with ${counted(users, 'user')}, ${counted(events, 'event')} and ${counted(movies, 'movie')}`;
}

/**
 * Compares the database's data set with another one.
 * @throws AppError DATASET_MISMATCH when it is another one, not to be replaced; CONFLICT when it is another than before
 */
async function compare(
  database: Database,
  dataset: Dataset,
  replace: boolean,
  before: string | null,
): Promise<'same' | 'empty' | 'other'> {
  const held = await heldDataset(database);
  if (held?.identity === dataset.identity) return 'same';
  if ((held?.identity ?? null) !== before)
    throw new AppError(
      'CONFLICT',
      `another import has meanwhile put ${held ? `${held.dataset} (${held.ratings} ratings)` : 'nothing'} into the database; ` +
        'this one has changed nothing: run it again if it is to replace that',
    );
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
  readOnly: '; import into a database that takes writes',
  denied: '; grant its user all privileges on this database',
  moved: '; import again',
  other: '',
};
