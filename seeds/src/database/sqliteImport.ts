import { DATASET_NAMESPACE, type Database } from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import type { Dataset } from '../dataset/dataset.ts';
import { InsertLoader } from './bulkInsert.ts';
import type { ImporterOptions } from './importer.ts';
import { readAccounts, writeAccounts } from './keepAccounts.ts';
import { DATASET_TABLES, FORGET_EXPOSURES, liveNames, type DatasetTable } from './tables.ts';
import { writeAllButRatings, writeRatings } from './writeDataset.ts';

/** The rows of a table that belong to a data set, where not all do. */
const REPLACED: Partial<Record<DatasetTable, string>> = {
  user: 'userId NOT IN (SELECT userId FROM account)',
  user_external_id: `namespace = '${DATASET_NAMESPACE}'`,
  movie_external_id: `namespace = '${DATASET_NAMESPACE}'`,
};

/** Puts a data set in the place of what is there, in one transaction: readers see the old data until it ends. */
export async function importIntoSqlite(
  database: Database,
  dataset: Dataset,
  { progress, check }: ImporterOptions,
): Promise<void> {
  // Overwriting a whole data set would take longer than writing the next one.
  await database.dataSource.query('PRAGMA secure_delete = OFF');
  await database.transaction(async (manager) => {
    // A write that changes nothing: until the import ends no account rates or is opened.
    await manager.query('UPDATE user SET ratingCount = ratingCount WHERE userId < 0');
    await check();
    const accounts = await readAccounts(manager);
    const indexes = await dropIndexes(manager);
    for (const table of DATASET_TABLES) {
      await manager.query(`DELETE FROM ${table} WHERE ${REPLACED[table] ?? '1 = 1'}`);
    }
    await manager.query(FORGET_EXPOSURES);
    const loader = new InsertLoader(manager, liveNames);
    await writeRatings(loader, dataset, progress);
    const stage = progress.stage('indexing ratings', 0, 'indexes');
    for (const sql of indexes) await manager.query(sql);
    stage.finish();
    await writeAllButRatings(loader, dataset, progress);
    await writeAccounts(manager, liveNames, accounts, dataset);
  });
  await database.dataSource.query('PRAGMA secure_delete = ON');
}

/** Drops the secondary indexes of the ratings, which are made several times faster at once; returns how. */
async function dropIndexes(manager: EntityManager): Promise<string[]> {
  const indexes = await manager.query<{ name: string; sql: string }[]>(
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'rating' AND sql IS NOT NULL",
  );
  for (const { name } of indexes) await manager.query(`DROP INDEX ${name}`);
  return indexes.map(({ sql }) => sql);
}
