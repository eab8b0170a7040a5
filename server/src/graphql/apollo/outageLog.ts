import { AppError, type Logger } from '@pocketrocket/runtime';

const EVERY_MS = 1_000;
/** Failures that come in hundreds while something else is away: where they were thrown says nothing. */
const OUTAGES: ReadonlySet<string> = new Set(['UPSTREAM_UNAVAILABLE', 'WRITES_REFUSED']);

/** Logs the failures of an outage: of each message one line a second, which says how many more there were since the last. */
export class OutageLog {
  readonly #last = new Map<string, { atMs: number; untold: number }>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @returns false for an error of another kind, of which nothing was logged */
  log(logger: Logger, error: unknown, facts: object): boolean {
    if (!(error instanceof AppError) || !OUTAGES.has(error.code)) return false;
    const { code, message } = error;
    const last = this.#last.get(message);
    if (last && this.#now() - last.atMs < EVERY_MS) {
      last.untold++;
      return true;
    }
    logger.error({ code, message, ...facts, moreBefore: last?.untold ?? 0 }, 'operation failed');
    this.#forgetOld();
    this.#last.set(message, { atMs: this.#now(), untold: 0 });
    return true;
  }

  /** Messages that name what failed are many. */
  #forgetOld(): void {
    for (const [message, { atMs }] of this.#last)
      if (this.#now() - atMs > 60 * EVERY_MS) this.#last.delete(message);
  }
}
