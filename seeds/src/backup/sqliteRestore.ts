import { rename } from 'node:fs/promises';
import { databaseFileOf, sqliteUrlOf } from '@pocketrocket/schema/database';
import { removeLeftBehind } from '../output/leftBehind.ts';
import { removeWhenStopped } from '../output/unfinished.ts';
import type { RestorePlace } from './restorePlace.ts';
import { filesOfSqlite, removeSqliteFile, removeSqliteJournals } from './sqliteFiles.ts';

/** A file beside the present one, which it replaces by one rename; those of processes that were killed go first. */
export async function prepareSqlite(url: string): Promise<RestorePlace> {
  const file = databaseFileOf(url);
  if (file !== null) await removeLeftBehind(file, 'restoring');
  const staging = file === null ? null : `${file}.restoring-${process.pid}`;
  const leave = (staging === null ? [] : filesOfSqlite(staging)).map((path) => removeWhenStopped(path));
  const leaveAll = () => {
    for (const one of leave) one();
  };
  return {
    url: staging === null ? url : sqliteUrlOf(staging),
    async allowAnyOrder({ dataSource }) {
      await dataSource.query('PRAGMA foreign_keys = OFF');
    },
    async replace() {
      if (file === null || staging === null) return;
      // A log of the file that was there must not be taken for the new one's.
      await removeSqliteJournals(file);
      await rename(staging, file);
      await removeSqliteFile(staging);
      leaveAll();
    },
    async abandon() {
      if (staging !== null) await removeSqliteFile(staging);
      leaveAll();
    },
  };
}
