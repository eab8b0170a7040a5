import { AppError } from '@pocketrocket/runtime';

/** Upper bound of the reserve, in milliseconds, in which the fields that are there can still be sent. */
const MAX_RESERVE_MS = 500;

/** By when something must be done. */
export interface Deadline {
  /** True once it has passed: the caller waits no longer. Looks at the clock, since timers come late while work is done. */
  readonly isMissed: boolean;
  /** @throws AppError the deadline's error, once it has passed */
  check(): void;
  /** The result of the work if in time; else fails with the deadline's error, and the work goes on unobserved. */
  race<T>(work: PromiseLike<T>): Promise<T>;
  /** A deadline so many milliseconds before this one, with the same error; whoever made it clears it. */
  earlier(ms: number): ClearableDeadline;
}

/** A deadline with a timer of its own. */
export interface ClearableDeadline extends Deadline {
  clear(): void;
}

/** For work that may take as long as it does. */
export const NO_DEADLINE: Deadline = {
  isMissed: false,
  check: () => undefined,
  race: (work) => Promise.resolve(work),
  earlier: () => ({ ...NO_DEADLINE, clear: () => undefined }),
};

class TimedDeadline implements ClearableDeadline {
  readonly #at: number;
  readonly #error: () => AppError;
  readonly #timer: NodeJS.Timeout;
  readonly #missed: Promise<never>;

  /** @param error what misses it fails with */
  constructor(timeoutMs: number, error: () => AppError) {
    this.#at = performance.now() + timeoutMs;
    this.#error = error;
    let miss: (error: AppError) => void = () => undefined;
    this.#missed = new Promise((_, reject) => (miss = reject));
    // Where nobody waits, nobody misses it.
    this.#missed.catch(() => undefined);
    this.#timer = setTimeout(() => miss(error()), timeoutMs);
  }

  get isMissed(): boolean {
    return performance.now() >= this.#at;
  }

  check(): void {
    if (this.isMissed) throw this.#error();
  }

  race<T>(work: PromiseLike<T>): Promise<T> {
    return Promise.race([work, this.#missed]);
  }

  earlier(ms: number): ClearableDeadline {
    return new TimedDeadline(Math.max(0, this.#at - performance.now() - ms), this.#error);
  }

  /** Nothing is waited for any more. */
  clear(): void {
    clearTimeout(this.#timer);
  }
}

/** A request's two deadlines. */
export interface RequestDeadlines {
  /** By when fields must be there; early enough that those that are can be sent. */
  fields: Deadline;
  /** By when there must be an answer. */
  answer: Deadline;
  clear(): void;
}

/**
 * The deadlines of a request that must be answered within so many milliseconds from now on.
 * @param requestTimeoutMs how long a request may take in all, for the message; more, where some of it has passed already
 */
export function deadlinesOf(timeoutMs: number, requestTimeoutMs = timeoutMs): RequestDeadlines {
  const error = () =>
    new AppError(
      'UPSTREAM_UNAVAILABLE',
      `timed out after ${requestTimeoutMs} ms: a service that the server depends on is not responding; try again in a moment`,
    );
  const reserveMs = Math.min(MAX_RESERVE_MS, timeoutMs / 10);
  const fields = new TimedDeadline(timeoutMs - reserveMs, error);
  const answer = new TimedDeadline(timeoutMs, error);
  return {
    fields,
    answer,
    clear() {
      fields.clear();
      answer.clear();
    },
  };
}
