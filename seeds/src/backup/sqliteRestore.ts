import { rename } from 'node:fs/promises';
import { databaseFileOf, sqliteUrlOf } from '@pocketrocket/schema/database';
import type { RestorePlace } from './restorePlace.ts';
import { removeSqliteFile, removeSqliteJournals } from './sqliteFiles.ts';

/** A file beside the present one, which it replaces by one rename. */
export function prepareSqlite(url: string): Promise<RestorePlace> {
  const file = databaseFileOf(url);
  const staging = file === null ? null : `${file}.restoring-${process.pid}`;
  return Promise.resolve({
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
    },
    async abandon() {
      if (staging !== null) await removeSqliteFile(staging);
    },
  });
}
