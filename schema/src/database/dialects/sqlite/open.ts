import { AppError, messageOf } from '@pocketrocket/runtime';
import { openDataSource } from '../../dataSource.ts';
import type { Database, OpenDatabaseOptions } from '../dialect.ts';
import { sqliteOptions } from './connectionOptions.ts';
import { PATIENCE_MS, waitAsynchronously } from './lockWait.ts';
import { migrateSqlite } from './migrate.ts';
import { preferredSqliteEngine } from './nativeDriver.ts';
import { watchOpenFile } from './openFile.ts';
import { makePrivate } from './privateFile.ts';
import { sqliteUrl } from './url.ts';

/** Share of a statement's time for which it waits for another process's lock: whoever asked can still be told why it failed. */
const WAITED_SHARE = 0.8;

/** Opens a file, made where there is none. @throws AppError ENVIRONMENT when it cannot be opened */
export async function openSqlite({
  url,
  sqliteEngine,
  statementTimeoutMs,
  migrations,
}: OpenDatabaseOptions): Promise<Omit<Database, 'dialect' | 'writes'>> {
  const engine = sqliteEngine ?? preferredSqliteEngine();
  try {
    const options = sqliteOptions(url, engine);
    const file = sqliteUrl.fileOf(url);
    if (file !== null) makePrivate(file);
    const dataSource = await openDataSource(options, migrateSqlite, migrations);
    const requireSameFile = file === null ? () => {} : watchOpenFile(file);
    const waitMs = statementTimeoutMs === undefined ? PATIENCE_MS : statementTimeoutMs * WAITED_SHARE;
    const { transactions, transaction } = await waitAsynchronously(dataSource, waitMs);
    return {
      dataSource,
      engine,
      async transaction(work) {
        const result = await transaction(work);
        // What was written to a file that is no longer there must not be taken for written.
        requireSameFile();
        return result;
      },
      async close() {
        await transactions.onIdle();
        await dataSource.destroy();
      },
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'ENVIRONMENT',
      `the database file cannot be used: ${messageOf(error)} (${url.slice(sqliteUrl.scheme.length)})`,
      { cause: error },
    );
  }
}
