import { asUnavailable, type Database, type DatabaseFailure } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import type { Deadline } from '../timing/deadline.ts';
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { QueryFailedError, type EntityManager } from 'typeorm';

/**
 * MySQL gave way to another transaction, two took the same free number, or an import put new tables in the place of those that
 * the transaction had begun to read: nothing was written, and a new try sees the other's.
 */
const LOST_RACE: ReadonlySet<DatabaseFailure | null> = new Set(['deadlock', 'tablesChanged', 'duplicate']);

const MAX_RETRIES = 4;

/** Exponential, with jitter, so that two that collided do not collide again. */
const backoff = new ExponentialBackoff({ initialDelay: 10, maxDelay: 250 });

/**
 * Runs a transaction, again after a pause where it lost a race against another, at most five times; the last failure is thrown.
 * Past the deadline nothing is written any more: the caller has been told that it failed, and may have asked for something else
 * since.
 * @throws AppError UPSTREAM_UNAVAILABLE; where the connection was lost on the way it may or may not have been written
 */
export async function writeInTransaction<T>(
  database: Pick<Database, 'transaction' | 'dialect'>,
  deadline: Deadline,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const inTime = async (manager: EntityManager) => {
    refuseLate(deadline);
    const result = await work(manager);
    refuseLate(deadline);
    return result;
  };
  const failureOf = (error: unknown): DatabaseFailure | null =>
    error instanceof QueryFailedError ? database.dialect.failureOf(error.driverError) : null;
  const lostRaces = retry(
    handleWhen((error) => LOST_RACE.has(failureOf(error))),
    { maxAttempts: MAX_RETRIES, backoff },
  );
  try {
    return await lostRaces.execute(() => database.transaction(inTime));
  } catch (error) {
    throw asUnavailable(error);
  }
}

function refuseLate({ isMissed }: Deadline): void {
  if (isMissed)
    throw new AppError('UPSTREAM_UNAVAILABLE', 'nothing was written: the request timed out; try again');
}
