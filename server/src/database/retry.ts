import { asUnavailable, type Database, type DatabaseFailure } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import type { Deadline } from '../timing/deadline.ts';
import { QueryFailedError, type EntityManager } from 'typeorm';

const MAX_TRIES = 5;

/**
 * MySQL gave way to another transaction, two took the same free number, or an import put new tables in the place of those that
 * the transaction had begun to read: nothing was written, and a new try sees the other's.
 */
const LOST_RACE: ReadonlySet<DatabaseFailure | null> = new Set(['deadlock', 'tablesChanged', 'duplicate']);

/**
 * Runs a transaction, again where it lost a race against another; the last failure is thrown. Past the deadline nothing is
 * written any more: whoever asked has been told that it failed, and may have asked for something else since.
 * @throws AppError UPSTREAM_UNAVAILABLE; where the connection was lost on the way it may or may not have been written
 */
export async function writeInTransaction<T>(
  database: Database,
  deadline: Deadline,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const wanted = async (manager: EntityManager) => {
    refuseLate(deadline);
    const result = await work(manager);
    refuseLate(deadline);
    return result;
  };
  for (let tries = 1; ; tries++) {
    try {
      return await database.transaction(wanted);
    } catch (error) {
      const failure =
        error instanceof QueryFailedError ? database.dialect.failureOf(error.driverError) : null;
      if (failure === 'busy')
        throw new AppError(
          'UPSTREAM_UNAVAILABLE',
          'another process is writing to the database, such as an import; try again in a moment',
          { cause: error },
        );
      if (!LOST_RACE.has(failure) || tries === MAX_TRIES) throw asUnavailable(error);
    }
  }
}

function refuseLate({ isMissed }: Deadline): void {
  if (isMissed)
    throw new AppError('UPSTREAM_UNAVAILABLE', 'nothing was written: it took too long; try again');
}
