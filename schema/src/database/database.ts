import type { Database, Inspection, OpenDatabaseOptions } from './dialects/dialect.ts';
import { dialectOf } from './dialects/index.ts';
import { followWrites } from './writes.ts';
import { traceStatements } from './traceStatements.ts';

/**
 * Opens the database that a URL names, creating the file where there is none, and brings its tables up to date.
 * @throws AppError ENVIRONMENT when the file cannot be opened; UPSTREAM_UNAVAILABLE when the server does not answer;
 *   CONFIG_INVALID when the URL is wrong
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const dialect = dialectOf(options.url);
  const opened = await dialect.open(options);
  traceStatements(opened.dataSource);
  const query = (sql: string) => opened.dataSource.query(sql);
  const writes = followWrites(dialect, () => dialect.tryWriting(options.url, query));
  return {
    dialect,
    ...opened,
    writes,
    transaction: (work) => writes.observe(() => opened.transaction(work)),
  };
}

/**
 * Opens a database without bringing its tables up to date or making a file; null where there is no file.
 * @throws what the driver throws
 */
export async function inspectDatabase(
  options: Pick<OpenDatabaseOptions, 'url' | 'sqliteEngine'>,
): Promise<Inspection | null> {
  const dialect = dialectOf(options.url);
  const inspection = await dialect.inspect(options);
  return inspection && { dialect, ...inspection };
}
