import PQueue from 'p-queue';
import { AppError, messageOf } from '@pocketrocket/runtime';
import { openDataSource } from '../../dataSource.ts';
import type { Database, OpenDatabaseOptions } from '../dialect.ts';
import { sqliteOptions } from './connectionOptions.ts';
import { migrateSqlite } from './migrate.ts';
import { preferredSqliteEngine } from './nativeDriver.ts';
import { sqliteUrl } from './url.ts';

/** Opens a file, made where there is none. @throws AppError ENVIRONMENT when it cannot be opened */
export async function openSqlite({
  url,
  sqliteEngine,
  migrations,
}: OpenDatabaseOptions): Promise<Omit<Database, 'dialect'>> {
  const engine = sqliteEngine ?? preferredSqliteEngine();
  try {
    const dataSource = await openDataSource(sqliteOptions(url, engine), migrateSqlite, migrations);
    const queue = new PQueue({ concurrency: 1 });
    return {
      dataSource,
      engine,
      transaction: (work) => queue.add(() => dataSource.transaction(work), { throwOnTimeout: true }),
      async close() {
        await queue.onIdle();
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
