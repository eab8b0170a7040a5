import { AppError } from '@pocketrocket/runtime';
import type { QueryRunner } from 'typeorm';
import type { Pair } from '../ratings/sortedRatings.ts';
import { DATASET_TABLES, oldNames, stagingNames } from './tables.ts';

/** One row that says what the tables beside those in use are being filled with. */
const STATE_TABLE = 'import__state';

/** The state that an interrupted import of the same data set left. */
export interface Begun {
  /** The last rating that is loaded. */
  after: Pair | null;
  /** Number of ratings that are loaded. */
  count: number;
  /** True where all are loaded and indexed. */
  isIndexed: boolean;
  /** @throws AppError ENVIRONMENT when tables were changed since the staging tables were made like them */
  requireSameTables(): Promise<void>;
}

/**
 * Makes empty tables like those in use beside them, the ratings' without secondary indexes. What an interrupted import left is dropped;
 * of one of the same data set the ratings stay: they are loaded in order, by statements that are committed whole.
 */
export async function prepareStagingTables(runner: QueryRunner, identity: string): Promise<Begun> {
  const numMigrations = await countMigrations(runner);
  const state = await readState(runner);
  const isSame = state?.identity === identity && Number(state.numMigrations) === numMigrations;
  const dropped = [
    ...DATASET_TABLES.map(oldNames),
    ...DATASET_TABLES.filter((table) => !isSame || table !== 'rating').map(stagingNames),
  ];
  await runner.query(`DROP TABLE IF EXISTS ${dropped.join(', ')}`);
  for (const table of DATASET_TABLES)
    await runner.query(`CREATE TABLE IF NOT EXISTS ${stagingNames(table)} LIKE ${table}`);
  if (!isSame) {
    await dropRatingIndexes(runner);
    // Last: without it all of the above is as good as not there.
    await writeState(runner, identity, numMigrations);
  }
  return {
    ...(isSame ? await readProgress(runner) : { after: null, count: 0 }),
    isIndexed: isSame && Number(state.isIndexed) === 1,
    async requireSameTables() {
      if ((await countMigrations(runner)) === numMigrations) return;
      throw new AppError('ENVIRONMENT', 'the tables were changed while the import ran; import again');
    },
  };
}

/** Notes that the ratings are loaded and indexed. */
export async function setIndexed(runner: QueryRunner): Promise<void> {
  await runner.query(`UPDATE ${STATE_TABLE} SET isIndexed = 1`);
}

/** Drops what was replaced, and with it the last trace of an import. */
export async function dropOld(runner: QueryRunner): Promise<void> {
  await runner.query(`DROP TABLE IF EXISTS ${[STATE_TABLE, ...DATASET_TABLES.map(oldNames)].join(', ')}`);
}

async function countMigrations(runner: QueryRunner): Promise<number> {
  const [row] = (await runner.query('SELECT COUNT(*) AS total FROM migrations')) as {
    total: number | string;
  }[];
  return Number(row?.total);
}

interface State {
  identity: string;
  numMigrations: number;
  isIndexed: number;
}

async function readState(runner: QueryRunner): Promise<State | null> {
  if (!(await runner.hasTable(STATE_TABLE)) || !(await runner.hasTable(stagingNames('rating')))) return null;
  const [state] = (await runner.query(
    `SELECT identity, numMigrations, isIndexed FROM ${STATE_TABLE}`,
  )) as State[];
  return state ?? null;
}

async function writeState(runner: QueryRunner, identity: string, numMigrations: number): Promise<void> {
  await runner.query(`DROP TABLE IF EXISTS ${STATE_TABLE}`);
  await runner.query(
    `CREATE TABLE ${STATE_TABLE} (identity varchar(80) NOT NULL, numMigrations int NOT NULL, isIndexed int NOT NULL)`,
  );
  await runner.query(`INSERT INTO ${STATE_TABLE} VALUES (?, ?, 0)`, [identity, numMigrations]);
}

async function readProgress(runner: QueryRunner): Promise<{ after: Pair | null; count: number }> {
  const table = stagingNames('rating');
  const [last] = (await runner.query(
    `SELECT userId, movieId FROM ${table} ORDER BY userId DESC, movieId DESC LIMIT 1`,
  )) as Pair[];
  const [row] = (await runner.query(`SELECT COUNT(*) AS total FROM ${table}`)) as {
    total: number | string;
  }[];
  return { after: last ?? null, count: Number(row?.total) };
}

async function dropRatingIndexes(runner: QueryRunner): Promise<void> {
  const table = stagingNames('rating');
  const indexes = (await runner.query(
    `SHOW INDEX FROM ${table} WHERE Key_name <> 'PRIMARY' AND Seq_in_index = 1`,
  )) as {
    Key_name: string;
  }[];
  if (indexes.length === 0) return;
  await runner.query(
    `ALTER TABLE ${table} ${indexes.map(({ Key_name }) => `DROP INDEX ${Key_name}`).join(', ')}`,
  );
}
