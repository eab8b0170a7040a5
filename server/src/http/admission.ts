import type { ServerResponse } from 'node:http';
import type { Logger } from '@pocketrocket/runtime';

/**
 * Bounds how many requests are worked on at once: where parts hang or more comes than can be served, memory stays flat, and who is
 * let in is answered in time.
 */
export class Admission {
  readonly #max: number;
  readonly #maxBytes: number;
  readonly #logger: Logger;
  #inside = 0;
  #bytes = 0;
  #numRefused = 0;

  /** @param maxBytes of the bodies of requests inside */
  constructor(max: number, maxBytes: number, logger: Logger) {
    this.#max = max;
    this.#maxBytes = maxBytes;
    this.#logger = logger;
  }

  /** Lets a request in until its answer has ended; false when there are too many. The log hears when that begins and when it ends. */
  enter(res: ServerResponse, bytes: number): boolean {
    if (this.#inside >= this.#max || this.#bytes + bytes > this.#maxBytes) {
      if (this.#numRefused++ === 0)
        this.#logger.warn({ inFlight: this.#inside }, 'load shedding: too many concurrent requests');
      return false;
    }
    this.#inside++;
    this.#bytes += bytes;
    res.once('close', () => this.#leave(bytes));
    return true;
  }

  #leave(bytes: number): void {
    this.#inside--;
    this.#bytes -= bytes;
    if (this.#numRefused === 0 || this.#inside > this.#max / 2) return;
    this.#logger.info({ refused: this.#numRefused }, 'load shedding ended');
    this.#numRefused = 0;
  }
}
