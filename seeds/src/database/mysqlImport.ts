import {
  APP_NAMESPACES,
  asUnavailable,
  databaseLockName,
  DATASET_NAMESPACE,
  FIRST_ACCOUNT_USER_ID,
  FORMER_NAMESPACE,
  mysqlServerOf,
  RatingEntity,
  type Database,
} from '@pocketrocket/schema/database';
import { FIRST_MAPPED_ID } from '@pocketrocket/formats';
import { AppError, isUnavailable, messageOf } from '@pocketrocket/runtime';
import type { DataSource, QueryRunner } from 'typeorm';
import type { Dataset } from '../dataset/dataset.ts';
import type { Pair } from '../ratings/sortedRatings.ts';
import { InsertLoader } from './bulkInsert.ts';
import { InfileLoader } from './infileLoader.ts';
import { readNamedIds, writeFormerIds } from './formerIds.ts';
import { chunks, readAccounts, writeAccounts } from './keepAccounts.ts';
import {
  moveOverlay,
  planOverlay,
  readKeptOverlay,
  writeOverlay,
  type KeptOverlay,
  type OverlayPlan,
} from './keepOverlay.ts';
import type { Progress } from '@pocketrocket/runtime';
import { dropOld, prepareStagingTables, setIndexed } from './stagingTables.ts';
import type { ImporterOptions } from './importer.ts';
import type { TableLoader } from './tableLoader.ts';
import {
  DATASET_TABLES,
  EXTERNAL_ID_TABLES,
  FORGET_FORMER_DATA,
  liveNames,
  oldNames,
  stagingNames,
} from './tables.ts';
import { writeAllButRatings, writeRatings } from './writeDataset.ts';

/** Server memory for building the indexes of the ratings; MySQL's standard is 1 MB. */
const DDL_BUFFER_BYTES = 256 * 1024 * 1024;

/** A killed import is running for the server until that has undone its last statement. */
const IMPORT_LOCK_SECONDS = 60;

/**
 * Loads a data set into tables beside those in use and puts them in their place by one RENAME: readers see the old data until
 * the new is complete. What an interrupted import of the same data set had loaded is used again.
 * @throws AppError UPSTREAM_UNAVAILABLE when the server goes away: the database then is as it was, and the next import goes on;
 *   ENVIRONMENT while another import runs
 */
export async function importIntoMysql(
  { dataSource }: Database,
  dataset: Dataset,
  { progress, say, check }: ImporterOptions,
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  let isSwapped = false;
  try {
    await takeLock(
      runner,
      'import',
      IMPORT_LOCK_SECONDS,
      'another import into this database is running; try again when it has ended',
    );
    await check();
    await runner.query('SET SESSION foreign_key_checks = 0, unique_checks = 0');
    const begun = await prepareStagingTables(runner, dataset.identity);
    const loader = await chooseLoader(runner, say);
    if (begun.count > 0)
      say(
        `Resuming after ${begun.count.toLocaleString('en')} ratings that an interrupted import had loaded.`,
      );
    await loadStagingTables(runner, loader, dataset, begun, progress);
    const stage = progress.stage('swapping tables', 0, 'tables');
    await takeLock(
      runner,
      'migrate',
      60,
      'another process is changing the tables; import again when it has ended',
    );
    await begun.requireSameTables();
    await moveForeignKeys(runner);
    await swap(dataSource, runner, dataset);
    isSwapped = true;
    await forgetFormerData(runner, say);
    await dropOld(runner);
    stage.finish();
  } catch (error) {
    throw isSwapped ? asUnavailable(error) : asUnchanged(error);
  } finally {
    await giveBack(runner);
  }
}

const TRIES_TO_FORGET = 5;

/** Forgets what the former data set's users were shown, and what visitors have said of its movies. Servers write there meanwhile, to which this may have to give way. */
async function forgetFormerData(runner: QueryRunner, say: (line: string) => void): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      for (const statement of FORGET_FORMER_DATA) await runner.query(statement);
      return;
    } catch (error) {
      if (tries < TRIES_TO_FORGET) continue;
      // The data are in place whatever comes of it.
      say(`What the former data set's users were shown could not be deleted: ${messageOf(error)}`);
      return;
    }
  }
}

/** The same failure; of a server that went away it also says that nothing is lost. */
function asUnchanged(error: unknown): unknown {
  const reported = asUnavailable(error);
  if (!isUnavailable(reported)) return reported;
  return new AppError(
    'UPSTREAM_UNAVAILABLE',
    `${messageOf(reported)}. The data that were there are unchanged; the same command goes on where this one ended`,
    { cause: error },
  );
}

/** A loader that sends files where server and client allow it. */
async function chooseLoader(runner: QueryRunner, say: (line: string) => void): Promise<TableLoader> {
  const { extra } = runner.dataSource.options as { extra?: { flags?: string[] } };
  const [server] = (await runner.query('SELECT @@local_infile AS allowed')) as { allowed: number | string }[];
  const isForbidden = extra?.flags?.includes('-LOCAL_FILES') ?? false;
  if (Number(server?.allowed) === 1 && !isForbidden) return new InfileLoader(runner, stagingNames);
  say(
    isForbidden
      ? 'LOAD DATA LOCAL INFILE is turned off by localInfile=false: loading by inserts, which takes about twice as long.'
      : 'The server forbids LOAD DATA LOCAL INFILE: loading by inserts, which takes about twice as long (SET GLOBAL local_infile = 1).',
  );
  return new InsertLoader(runner, stagingNames);
}

async function loadStagingTables(
  runner: QueryRunner,
  loader: TableLoader,
  dataset: Dataset,
  begun: { after: Pair | null; count: number; isIndexed: boolean },
  progress: Progress,
): Promise<void> {
  if (!begun.isIndexed) {
    await writeRatings(loader, dataset, progress, begun.after, begun.count);
    const stage = progress.stage('indexing ratings', 0, 'indexes');
    await addIndexes(runner);
    await setIndexed(runner);
    stage.finish();
  }
  await writeAllButRatings(loader, dataset, progress);
  // Until it counts anew, MySQL plans queries as if the tables were still empty.
  await runner.query(`ANALYZE TABLE ${DATASET_TABLES.map(stagingNames).join(', ')}`);
}

async function addIndexes(runner: QueryRunner): Promise<void> {
  if (mysqlServerOf(runner.dataSource) === 'mysql')
    await runner.query(
      `SET SESSION innodb_ddl_buffer_size = ${DDL_BUFFER_BYTES}, innodb_parallel_read_threads = 4`,
    );
  const added = runner.dataSource
    .getMetadata(RatingEntity)
    .indices.map(
      ({ name, columns }) => `ADD INDEX ${name} (${columns.map((column) => column.databaseName).join(', ')})`,
    );
  await runner.query(`ALTER TABLE ${stagingNames('rating')} ${added.join(', ')}`);
}

/**
 * Takes the foreign keys from the tables in use and gives them, under the same names, which a database has only once, to those that
 * are to take their place. Only imports write the tables that they guard.
 */
async function moveForeignKeys(runner: QueryRunner): Promise<void> {
  for (const { tableName, foreignKeys } of runner.dataSource.entityMetadatas) {
    const table = DATASET_TABLES.find((name) => name === tableName);
    if (!table || foreignKeys.length === 0) continue;
    const held = (await runner.query(
      `SELECT CONSTRAINT_NAME AS name FROM information_schema.REFERENTIAL_CONSTRAINTS
       WHERE CONSTRAINT_SCHEMA = DATABASE() AND TABLE_NAME = ?`,
      [tableName],
    )) as { name: string }[];
    for (const { name } of held) await runner.query(`ALTER TABLE ${tableName} DROP FOREIGN KEY ${name}`);
    const added = foreignKeys.map(
      ({ name, columnNames, referencedTablePath, referencedColumnNames, onDelete, onUpdate }) => {
        const parent = DATASET_TABLES.find((each) => each === referencedTablePath);
        return (
          `ADD CONSTRAINT ${name} FOREIGN KEY (${columnNames.join(', ')}) ` +
          `REFERENCES ${parent ? stagingNames(parent) : referencedTablePath} (${referencedColumnNames.join(', ')}) ` +
          `ON DELETE ${onDelete ?? 'NO ACTION'} ON UPDATE ${onUpdate ?? 'NO ACTION'}`
        );
      },
    );
    await runner.query(`ALTER TABLE ${stagingNames(table)} ${added.join(', ')}`);
  }
}

/**
 * Carries over what belongs to accounts and apps and swaps the tables, while nobody can rate, sign up, send events or change movies of apps:
 * whoever does so changes a row of `account`, `app` or `catalogue_state` first (`lockUser`, `lockApp`, `lockCatalogue`), and all of them
 * are locked.
 */
async function swap(dataSource: DataSource, runner: QueryRunner, dataset: Dataset): Promise<void> {
  const lock = dataSource.createQueryRunner();
  try {
    // In this isolation the places for new rows are locked too.
    await lock.startTransaction('REPEATABLE READ');
    await lock.query('SELECT appId FROM app FOR UPDATE');
    await lock.query('SELECT userId FROM account FOR UPDATE');
    await lock.query('SELECT version FROM catalogue_state FOR UPDATE');
    const overlay = await carryOver(runner, dataset);
    // Undone where the tables are not swapped.
    await moveOverlay(lock, overlay.before, overlay.plan);
    const renames = DATASET_TABLES.flatMap((table) => [
      `${liveNames(table)} TO ${oldNames(table)}`,
      `${stagingNames(table)} TO ${liveNames(table)}`,
    ]);
    await runner.query(`RENAME TABLE ${renames.join(', ')}`);
    await lock.commitTransaction();
  } finally {
    // Where its connection is gone, so is the lock.
    if (lock.isTransactionActive) await lock.rollbackTransaction().catch(() => {});
    await lock.release();
  }
}

/** Writes what belongs to accounts and apps into the tables beside those in use. */
async function carryOver(
  runner: QueryRunner,
  dataset: Dataset,
): Promise<{ before: KeptOverlay; plan: OverlayPlan }> {
  const accounts = await readAccounts(runner);
  const before = await readKeptOverlay(runner);
  const plan = planOverlay(before, dataset);
  // By number: INSERT … SELECT from `account` would wait for the lock.
  for (const userIds of chunks(accounts.userIds))
    await runner.query(
      `INSERT INTO ${stagingNames('user')} SELECT * FROM ${liveNames('user')} WHERE userId IN (${userIds.join(', ')})`,
    );
  await writeOverlay(runner, stagingNames, plan, dataset);
  await writeFormerIds(runner, stagingNames, await readNamedIds(runner), dataset);
  // An import that failed behind this point has left such rows in the table, which is used again.
  await runner.query(
    `DELETE FROM ${stagingNames('rating')} WHERE userId >= ${FIRST_ACCOUNT_USER_ID} AND userId < ${FIRST_MAPPED_ID}`,
  );
  await writeAccounts(runner, stagingNames, accounts, dataset, plan);
  for (const table of EXTERNAL_ID_TABLES)
    await runner.query(
      `INSERT INTO ${stagingNames(table)} SELECT * FROM ${liveNames(table)}
       WHERE namespace NOT IN (?, ?) AND namespace NOT LIKE '${APP_NAMESPACES}%'`,
      [DATASET_NAMESPACE, FORMER_NAMESPACE],
    );
  return { before, plan };
}

async function takeLock(
  runner: QueryRunner,
  purpose: 'import' | 'migrate',
  seconds: number,
  refusal: string,
): Promise<void> {
  const [row] = (await runner.query('SELECT GET_LOCK(?, ?) AS locked', [
    databaseLockName(purpose, runner.dataSource.driver.database ?? ''),
    seconds,
  ])) as { locked: number | string | null }[];
  if (Number(row?.locked) !== 1) throw new AppError('ENVIRONMENT', refusal);
}

/** Returns the connection as it was; one that is gone has nothing to return. */
async function giveBack(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('SELECT RELEASE_ALL_LOCKS()');
    await runner.query('SET SESSION foreign_key_checks = 1, unique_checks = 1');
  } catch {
    // The failure that broke the connection is on its way to the caller.
  }
  await runner.release();
}
