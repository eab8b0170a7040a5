import { PocketRocketError } from './errors.ts';

export interface RetryOptions {
  /** Further attempts after the first; 4 unless given. */
  retries?: number;
  /** The longest that a server may ask to wait before the failure is handed on; a minute unless given. */
  maxWaitMs?: number;
  /** Waits; for tests. */
  wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to 1; for tests. */
  random?: () => number;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 20_000;

/** Makes attempts, with growing pauses of random length between, as long as failures may go away. */
export class Retries {
  readonly #retries: number;
  readonly #maxWaitMs: number;
  readonly #wait: NonNullable<RetryOptions['wait']>;
  readonly #random: () => number;

  constructor({ retries = 4, maxWaitMs = 60_000, wait = pause, random = Math.random }: RetryOptions = {}) {
    this.#retries = retries;
    this.#maxWaitMs = maxWaitMs;
    this.#wait = wait;
    this.#random = random;
  }

  /**
   * The result of the first attempt that does not fail.
   * @param mayRepeat true where doing it twice has the effect of doing it once
   */
  async run<T>(attempt: () => Promise<T>, mayRepeat: boolean, signal?: AbortSignal): Promise<T> {
    for (let number = 0; ; number++) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof PocketRocketError) || signal?.aborted) throw error;
        // What was refused for lack of budget has not begun.
        const isSafe = mayRepeat || error.status === 429;
        if (!error.isRetryable || !isSafe || this.isEnough(number, error.retryAfterMs)) throw error;
        await this.pause(number, error.retryAfterMs, signal);
      }
    }
  }

  /** True after so many failures, or where the server asks to wait for longer than anybody wants to. */
  isEnough(failures: number, retryAfterMs: number | null): boolean {
    return failures >= this.#retries || (retryAfterMs ?? 0) > this.#maxWaitMs;
  }

  /**
   * Waits before another attempt: as long as the server says and a little more, so that not all clients come at once; else a random
   * part of a time that doubles.
   */
  async pause(number: number, retryAfterMs: number | null, signal?: AbortSignal): Promise<void> {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** number);
    const ms = (retryAfterMs ?? 0) + this.#random() * longest;
    await this.#wait(ms, signal);
    signal?.throwIfAborted();
  }
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

/** The milliseconds of a `retry-after` header: seconds or a date; null where there is none. */
export function retryAfterOf(header: string | null, now: () => number = Date.now): number | null {
  if (header === null) return null;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
