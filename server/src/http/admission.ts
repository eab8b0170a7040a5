import type { ServerResponse } from 'node:http';
import type { Logger } from '@pocketrocket/runtime';
import { Tally } from '../counters/tally.ts';

/** An address has few requests inside with less than this share of what may be inside in all. */
const FEW = 1 / 16;

/**
 * Bounds how many requests are worked on at once: where parts hang or more comes than can be served, memory stays flat, and who is
 * let in is answered in time.
 */
export class Admission {
  readonly #max: number;
  readonly #maxBytes: number;
  readonly #logger: Logger;
  readonly #byAddress = new Tally();
  #inside = 0;
  #bytes = 0;
  #numRefused = 0;

  /** @param maxBytes of the bodies of requests inside */
  constructor(max: number, maxBytes: number, logger: Logger) {
    this.#max = max;
    this.#maxBytes = maxBytes;
    this.#logger = logger;
  }

  /**
   * Lets a request in until its answer has ended; false when there are too many. An address that has few inside is let in beyond that, up
   * to twice as many, so that one that has many closes the server to itself alone. The log hears when refusing begins and when it ends.
   */
  enter(res: ServerResponse, address: string, bytes: number): boolean {
    const room = this.#byAddress.of(address) < this.#max * FEW ? 2 : 1;
    if (this.#inside >= room * this.#max || this.#bytes + bytes > room * this.#maxBytes) {
      if (this.#numRefused++ === 0)
        this.#logger.warn({ inFlight: this.#inside }, 'load shedding: too many concurrent requests');
      return false;
    }
    this.#inside++;
    this.#bytes += bytes;
    this.#byAddress.add(address);
    res.once('close', () => this.#leave(address, bytes));
    return true;
  }

  #leave(address: string, bytes: number): void {
    this.#inside--;
    this.#bytes -= bytes;
    this.#byAddress.remove(address);
    if (this.#numRefused === 0 || this.#inside > this.#max / 2) return;
    this.#logger.info({ refused: this.#numRefused }, 'load shedding ended');
    this.#numRefused = 0;
  }
}
