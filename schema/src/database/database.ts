import type { Database, Inspection, OpenDatabaseOptions } from './dialects/dialect.ts';
import { dialectOf } from './dialects/index.ts';
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
  return { dialect, ...opened };
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
