import type { Database } from '@pocketrocket/schema/database';
import type { MovieTags } from '../dataset/movieTags.ts';
import { InsertLoader } from './bulkInsert.ts';
import type { TableLoader } from './tableLoader.ts';
import { liveNames } from './tables.ts';

const TAG_COLUMNS = ['movieId', 'place', 'tag', 'tagCount'];

/** Writes the tags of a data set into an empty table. */
export async function writeTags(loader: TableLoader, tags: MovieTags): Promise<void> {
  await loader.load('movie_tag', TAG_COLUMNS, tags.rows());
}

/**
 * Gives a data set that is there the tags that came with it this time: those are not part of its identity, and a release before did
 * not read them. True where they were others.
 */
export async function bringTags(database: Database, tags: MovieTags): Promise<boolean> {
  const [held] = await database.dataSource.query<{ held: number | string; given: number | string | null }[]>(
    'SELECT COUNT(*) AS held, SUM(tagCount) AS given FROM movie_tag',
  );
  if (Number(held?.held) === tags.totals().tags && Number(held?.given ?? 0) === tags.numGiven) return false;
  await database.transaction(async (manager) => {
    await manager.query('DELETE FROM movie_tag');
    await writeTags(new InsertLoader(manager, liveNames), tags);
  });
  return true;
}
