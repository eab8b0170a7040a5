import type { ServerResponse } from 'node:http';
import type { Logger } from '@pocketrocket/runtime';

/**
 * Bounds how many requests are worked on at once: where parts hang or more comes than can be served, memory stays flat, and who is
 * let in is answered in time.
 */
export class Admission {
  readonly #max: number;
  readonly #logger: Logger;
  #inside = 0;
  #numRefused = 0;

  constructor(max: number, logger: Logger) {
    this.#max = max;
    this.#logger = logger;
  }

  /** Lets a request in until its answer has ended; false when there are too many. The log hears when that begins and when it ends. */
  enter(res: ServerResponse): boolean {
    if (this.#inside >= this.#max) {
      if (this.#numRefused++ === 0)
        this.#logger.warn({ inFlight: this.#inside }, 'load shedding: too many concurrent requests');
      return false;
    }
    this.#inside++;
    res.once('close', () => this.#leave());
    return true;
  }

  #leave(): void {
    this.#inside--;
    if (this.#numRefused === 0 || this.#inside > this.#max / 2) return;
    this.#logger.info({ refused: this.#numRefused }, 'load shedding ended');
    this.#numRefused = 0;
  }
}
