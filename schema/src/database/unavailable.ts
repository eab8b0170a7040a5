import { QueryFailedError } from 'typeorm';
import { AppError } from '@pocketrocket/runtime';
import type { DatabaseFailure } from './dialects/dialect.ts';
import { DIALECTS } from './dialects/index.ts';
import { WRITE_PROBLEMS, writeFailureOf } from './writes.ts';

export const DOES_NOT_ANSWER = 'the database does not answer; try again in a moment';

/** Sentences about failures that pass by themselves. */
const REASONS = new Map<DatabaseFailure | null, string>([
  ['unavailable', DOES_NOT_ANSWER],
  ['busy', 'another process is writing to the database, such as an import; try again in a moment'],
  ['deadlock', 'others are writing the same data; nothing was written: try again in a moment'],
  ['tablesChanged', 'the tables were just replaced; nothing was written: try again in a moment'],
]);

/**
 * The same error, or `AppError` UPSTREAM_UNAVAILABLE where it comes from the database server not being there, or from others that hold the
 * database, and WRITES_REFUSED where it takes no writes: the same call may succeed later. Everything that catches errors of a database in order to report them asks here first.
 */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof AppError) return error;
  // TypeORM keeps the driver's error of a statement, not that of connecting.
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (cause instanceof AppError) return cause;
  for (const dialect of DIALECTS) {
    const reason = REASONS.get(dialect.failureOf(cause));
    if (reason !== undefined) return new AppError('UPSTREAM_UNAVAILABLE', reason, { cause: error });
    const refusal = writeFailureOf(dialect, cause);
    if (refusal !== null) return new AppError('WRITES_REFUSED', WRITE_PROBLEMS[refusal], { cause: error });
  }
  return error;
}
