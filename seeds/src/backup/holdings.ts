import { listVersions } from '@pocketrocket/model/artifact';
import { asUnavailable, inspectDatabase, type Inspection } from '@pocketrocket/schema/database';
import { AppError, messageOf, type Config } from '@pocketrocket/runtime';

/** A database as it is opened to look into it. */
export type HeldAddress = Parameters<typeof inspectDatabase>[0];

/** The data, accounts, apps and models of an installation, to be told before they go. */
export interface Holdings {
  /** Null without a data set. */
  dataset: { name: string; movies: number; users: number; ratings: number } | null;
  accounts: number;
  /** Ratings of accounts. */
  accountRatings: number;
  /** Apps, their users and movies. */
  apps: number;
  appUsers: number;
  appMovies: number;
  webhooks: number;
  /** Why the database cannot be read, though it is there; null where it can. */
  unreadable: string | null;
  /** Numbers of the versions of the model, newest first. */
  modelVersions: number[];
}

const NO_ROWS = {
  ...{ dataset: null, accounts: 0, accountRatings: 0, apps: 0, appUsers: 0, appMovies: 0, webhooks: 0 },
  unreadable: null,
};

/** Looks what is held. @throws AppError UPSTREAM_UNAVAILABLE when the server does not answer */
export async function holdingsOf(
  address: HeldAddress,
  { modelDir }: Pick<Config, 'modelDir'>,
): Promise<Holdings> {
  const modelVersions = await listVersions(modelDir);
  try {
    const inspection = await inspectDatabase(address);
    if (inspection === null) return { ...NO_ROWS, modelVersions };
    try {
      return { ...NO_ROWS, ...(await rowsOf(inspection)), modelVersions };
    } finally {
      await inspection.close();
    }
  } catch (error) {
    const reported = asUnavailable(error);
    if (reported instanceof AppError) throw reported;
    // Damaged, as after a crash of the machine: what replaces it is what it needs.
    return { ...NO_ROWS, unreadable: messageOf(error), modelVersions };
  }
}

/** Lists what is held, each entry as a part of a sentence; empty where nothing is. */
export function describeHoldings(holdings: Holdings): string[] {
  const { dataset, accounts, accountRatings, unreadable, modelVersions } = holdings;
  const { apps, appUsers, appMovies, webhooks } = holdings;
  const held: string[] = [];
  if (unreadable !== null) held.push(`a database that cannot be read (${unreadable})`);
  if (dataset)
    held.push(
      `the data set ${dataset.name} (${counted(dataset.movies, 'movie')}, ${counted(dataset.users, 'user')}, ${counted(dataset.ratings, 'rating')})`,
    );
  if (accounts > 0) held.push(`${counted(accounts, 'account')} with ${counted(accountRatings, 'rating')}`);
  if (apps > 0)
    held.push(`${counted(apps, 'app')} with ${counted(appUsers, 'user')} and ${counted(appMovies, 'movie')}`);
  else if (appMovies > 0) held.push(`${counted(appMovies, 'movie')} of apps that are gone`);
  if (webhooks > 0) held.push(counted(webhooks, 'webhook'));
  if (modelVersions.length > 0)
    held.push(`${counted(modelVersions.length, 'version')} of the model (${modelVersions.join(', ')})`);
  return held;
}

/** A number with its noun, such as `1,234 ratings`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

type HeldRows = Omit<Holdings, 'modelVersions' | 'unreadable'>;

async function rowsOf(inspection: Inspection): Promise<HeldRows> {
  const tables = new Set(await tableNames(inspection));
  const rows = async <Row>(table: string, sql: string) =>
    tables.has(table) ? inspection.query<Row>(sql) : [];
  const [dataset] = await rows<{ name: string; movieCount: number; userCount: number; ratingCount: number }>(
    'dataset',
    'SELECT name, movieCount, userCount, ratingCount FROM dataset',
  );
  const count = async (table: string) => {
    const [row] = await rows<{ total: number | string }>(table, `SELECT COUNT(*) AS total FROM ${table}`);
    return Number(row?.total ?? 0);
  };
  const [ratings] = await rows<{ total: number | string }>(
    'account',
    'SELECT COUNT(*) AS total FROM rating JOIN account ON account.userId = rating.userId',
  );
  return {
    dataset: dataset
      ? {
          name: dataset.name,
          movies: Number(dataset.movieCount),
          users: Number(dataset.userCount),
          ratings: Number(dataset.ratingCount),
        }
      : null,
    accounts: await count('account'),
    accountRatings: Number(ratings?.total ?? 0),
    apps: await count('app'),
    appUsers: await count('app_user'),
    appMovies: await count('overlay_movie'),
    webhooks: await count('webhook'),
  };
}

/** The tables by the words of each dialect: those of an earlier release, and of a restore that was interrupted, may lack some. */
async function tableNames(inspection: Inspection): Promise<string[]> {
  const sql = {
    sqlite: "SELECT name FROM sqlite_master WHERE type = 'table'",
    mysql: 'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  }[inspection.dialect.name];
  return (await inspection.query<{ name: string }>(sql)).map(({ name }) => name);
}
