import { MigrationExecutor, type DataSource } from 'typeorm';

/** Brings an SQLite database up to date, in one transaction that other processes wait for. */
export async function migrateSqlite(dataSource: DataSource): Promise<void> {
  // What has nothing to do takes no lock: an import may hold it for minutes.
  if ((await new MigrationExecutor(dataSource).getPendingMigrations()).length === 0) return;
  // SQLite changes tables by making them anew, and must not take that for rows being deleted.
  await dataSource.query('PRAGMA foreign_keys = OFF');
  await dataSource.query('BEGIN IMMEDIATE');
  try {
    await dataSource.runMigrations({ transaction: 'none' });
    await dataSource.query('COMMIT');
  } catch (error) {
    // SQLite has done so itself where the disk is full: what counts is why.
    await dataSource.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await dataSource.query('PRAGMA foreign_keys = ON');
  }
}
