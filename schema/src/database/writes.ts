import { QueryFailedError } from 'typeorm';
import type { Dialect, WriteFailure, WriteProblem, WriteState } from './dialects/dialect.ts';

const REFUSES = 'the database refuses writes';

/** The meaning of each failure and what to do, as a sentence for whoever runs the server and whoever wanted to write. */
export const WRITE_PROBLEMS: Readonly<Record<WriteFailure, string>> = {
  readOnly: `${REFUSES}: it is read-only; reading goes on, try again when it takes writes`,
  denied: `${REFUSES}: its user may only read; reading goes on, try again when it has the privileges`,
  full: `${REFUSES}: its disk is full; reading goes on, try again when there is room`,
  moved: `${REFUSES}: its file was removed or replaced while it was open; try again when the server was restarted`,
};

/** The failure as one of all writes; null for another. */
export function writeFailureOf(dialect: Pick<Dialect, 'failureOf'>, error: unknown): WriteFailure | null {
  const failure = dialect.failureOf(error instanceof QueryFailedError ? error.driverError : error);
  return failure !== null && failure in WRITE_PROBLEMS ? (failure as WriteFailure) : null;
}

/** A state that also learns from the writes that are made. */
export interface ObservedWrites extends WriteState {
  /** Does work that writes. */
  observe<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Follows whether a database takes writes. @param tryWriting throws what the driver does where it takes none */
export function followWrites(
  dialect: Pick<Dialect, 'failureOf'>,
  tryWriting: () => Promise<void>,
): ObservedWrites {
  let problem: WriteProblem | null = null;
  const learn = (error: unknown) => {
    const failure = writeFailureOf(dialect, error);
    if (failure !== null) problem = { failure, message: WRITE_PROBLEMS[failure] };
  };
  const observe = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      const result = await work();
      problem = null;
      return result;
    } catch (error) {
      learn(error);
      throw error;
    }
  };
  return {
    problem: () => problem,
    observe,
    async look() {
      await observe(tryWriting).catch(() => {
        // Learnt, where it is about writes; whoever reads notices the rest.
      });
    },
  };
}
