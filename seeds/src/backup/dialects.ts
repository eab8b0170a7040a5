import type { DialectName } from '@pocketrocket/schema/database';
import { prepareMysql } from './mysqlRestore.ts';
import { snapshotOfMysql } from './mysqlSnapshot.ts';
import type { PrepareRestore } from './restorePlace.ts';
import type { TakeSnapshot } from './snapshot.ts';
import { prepareSqlite } from './sqliteRestore.ts';
import { snapshotOfSqlite } from './sqliteSnapshot.ts';

/** Backing up and restoring where the kinds of databases differ. */
export const BACKUP_DIALECTS = {
  sqlite: { takeSnapshot: snapshotOfSqlite, prepareRestore: prepareSqlite },
  mysql: { takeSnapshot: snapshotOfMysql, prepareRestore: prepareMysql },
} satisfies Record<DialectName, { takeSnapshot: TakeSnapshot; prepareRestore: PrepareRestore }>;
