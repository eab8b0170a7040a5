import { QueryFailedError } from 'typeorm';
import { AppError } from '@pocketrocket/runtime';
import { DIALECTS } from './dialects/index.ts';

/**
 * The same error, or `AppError` UPSTREAM_UNAVAILABLE where it comes from the database server not being there: the same call may
 * succeed when it is back. Everything that catches errors of a database in order to report them asks here first.
 */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof AppError) return error;
  // TypeORM keeps the driver's error of a statement, not that of connecting.
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (cause instanceof AppError) return cause;
  if (!DIALECTS.some((dialect) => dialect.failureOf(cause) === 'unavailable')) return error;
  return new AppError('UPSTREAM_UNAVAILABLE', 'the database does not answer; try again in a moment', {
    cause: error,
  });
}
