import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MODEL_NAME } from '@pocketrocket/model/artifact';
import { AppError, type Config } from '@pocketrocket/runtime';
import { databaseFileOf } from '@pocketrocket/schema/database';
import { removeLeftBehind } from './output/leftBehind.ts';
import { prepareSqlite } from './backup/sqliteRestore.ts';
import { describeHoldings, holdingsOf } from './backup/holdings.ts';

/** Folders in the model directory that belong to what was trained. */
const MODEL_FOLDERS = [MODEL_NAME, '.stages'];

/**
 * Fills a database beside the present one and then puts it in its place, and removes the models: whatever fails before leaves all as it is.
 * @param fill makes the new database at a URL, whole and closed
 * @param say is told what goes, before it does
 * @throws AppError BAD_USER_INPUT where the database is not a file; what `fill` throws
 */
export async function resetHome<Result>(
  config: Config,
  fill: (databaseUrl: string) => Promise<Result>,
  say: (line: string) => void,
): Promise<Result> {
  if (databaseFileOf(config.databaseUrl) === null)
    throw new AppError(
      'BAD_USER_INPUT',
      '--reset is for the embedded database; use `npm run seed -- <data> --replace` with MySQL',
    );
  const place = await prepareSqlite(config.databaseUrl);
  let result: Result;
  try {
    result = await fill(place.url);
  } catch (error) {
    await place.abandon();
    throw error;
  }
  await tellReset(config, say);
  // The database first: models without their data are refused, data without their models train anew.
  await place.replace();
  for (const name of MODEL_FOLDERS) await removeWhole(join(config.modelDir, name));
  return result;
}

/** Says what a reset removes; nothing where there is nothing. */
export async function tellReset(config: Config, say: (line: string) => void): Promise<void> {
  const held = describeHoldings(await holdingsOf({ url: config.databaseUrl }, config));
  if (held.length > 0) say(`--reset removes ${held.join(', ')}.`);
}

/** Removes a folder so that nobody finds half of it. */
async function removeWhole(folder: string): Promise<void> {
  // Of resets and restores that were killed.
  for (const word of ['reset', 'restoring', 'replaced']) await removeLeftBehind(folder, word);
  if (!existsSync(folder)) return;
  const aside = `${folder}.reset-${process.pid}`;
  await rename(folder, aside);
  await rm(aside, { recursive: true, force: true });
}
