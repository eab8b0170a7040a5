import type { Database } from '@pocketrocket/schema/db';
import { AppError, systemErrorCode } from '@pocketrocket/schema/runtime';
import { QueryFailedError, type EntityManager } from 'typeorm';

const MAX_TRIES = 5;

/** MySQL gave way to another transaction, or two took the same free number: nothing was written, and a new try sees the other's. */
const LOST_RACE = /^(ER_LOCK_DEADLOCK|ER_LOCK_WAIT_TIMEOUT|ER_DUP_ENTRY|SQLITE_CONSTRAINT.*)$/;

/** Runs a transaction, again where it lost a race against another; the last failure is thrown. @throws AppError UPSTREAM_UNAVAILABLE */
export async function writeInTransaction<T>(
  database: Database,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await database.transaction(work);
    } catch (error) {
      const code = error instanceof QueryFailedError ? (systemErrorCode(error.driverError) ?? '') : '';
      if (code.startsWith('SQLITE_BUSY'))
        throw new AppError(
          'UPSTREAM_UNAVAILABLE',
          'another process is writing to the database, such as an import; try again in a moment',
          { cause: error },
        );
      if (!LOST_RACE.test(code) || tries === MAX_TRIES) throw error;
    }
  }
}
