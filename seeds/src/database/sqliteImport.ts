import {
  APP_NAMESPACES,
  DATASET_NAMESPACE,
  FORMER_NAMESPACE,
  type Database,
} from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import type { Dataset } from '../dataset/dataset.ts';
import { InsertLoader } from './bulkInsert.ts';
import { readNamedIds, writeFormerIds } from './formerIds.ts';
import type { ImporterOptions } from './importer.ts';
import { readAccounts, writeAccounts } from './keepAccounts.ts';
import { moveOverlay, planOverlay, readKeptOverlay, writeOverlay } from './keepOverlay.ts';
import { DATASET_TABLES, FORGET_FORMER_DATA, liveNames, type DatasetTable } from './tables.ts';
import { writeAllButRatings, writeRatings } from './writeDataset.ts';

/** The rows of a table that belong to a data set, where not all do. */
const REPLACED: Partial<Record<DatasetTable, string>> = {
  user: 'userId NOT IN (SELECT userId FROM account) AND userId NOT IN (SELECT userId FROM app_user)',
  user_external_id: `namespace = '${DATASET_NAMESPACE}'`,
  movie_external_id: `namespace IN ('${DATASET_NAMESPACE}', '${FORMER_NAMESPACE}') OR namespace LIKE '${APP_NAMESPACES}%'`,
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
    // A write that changes nothing: until the import ends nobody rates, opens an account or changes an app's movies.
    await manager.query('UPDATE user SET ratingCount = ratingCount WHERE userId < 0');
    await check();
    const accounts = await readAccounts(manager);
    const overlay = await readKeptOverlay(manager);
    const namedIds = await readNamedIds(manager);
    const indexes = await dropIndexes(manager);
    for (const table of DATASET_TABLES) {
      await manager.query(`DELETE FROM ${table} WHERE ${REPLACED[table] ?? '1 = 1'}`);
    }
    for (const statement of FORGET_FORMER_DATA) await manager.query(statement);
    const loader = new InsertLoader(manager, liveNames);
    await writeRatings(loader, dataset, progress);
    const stage = progress.stage('indexing ratings', 0, 'indexes');
    for (const sql of indexes) await manager.query(sql);
    stage.finish();
    await writeAllButRatings(loader, dataset, progress);
    const plan = planOverlay(overlay, dataset);
    await writeOverlay(manager, liveNames, plan, dataset);
    await writeFormerIds(manager, liveNames, namedIds, dataset);
    await moveOverlay(manager, overlay, plan);
    await writeAccounts(manager, liveNames, accounts, dataset, plan);
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
