import { TurnQueue } from './turnQueue.ts';

/** Milliseconds of work after which the event loop should turn, so that others are served. */
const TURN_MS = 10;

/** Time since which the event loop has not turned, as far as this module was asked; null where nobody has asked in this turn. */
let begunAt: number | null = null;

const waiting = new TurnQueue();

/**
 * The part of one piece of work, such as a request, in the turns of this thread's event loop. It works for so long in one turn; where
 * several wait for their next one, each second turn goes to whoever has had the fewest, so that short work gets past long work.
 */
export class Turns {
  /** Since when this work has been there: what others did before in the same turn is not its own. */
  readonly #createdAt = performance.now();
  #taken = 0;

  /** True once this turn of the event loop has taken long enough; costs some tens of nanoseconds. */
  isLong(): boolean {
    const now = performance.now();
    if (begunAt === null) {
      begunAt = now;
      setImmediate(endTurn);
      return false;
    }
    return now - Math.max(begunAt, this.#createdAt) > TURN_MS;
  }

  /**
   * Fulfilled when others have been served: those who wait are let on one after the other, each in a turn of its own while its work
   * is long.
   */
  next(): Promise<void> {
    return new Promise((resolve) => {
      waiting.push(this.#taken++, resolve);
      if (waiting.length === 1) setImmediate(letOn);
    });
  }

  /** Waits for the next turn where this one has been long; else goes on at once. */
  yieldIfLong(): Promise<void> | undefined {
    return this.isLong() ? this.next() : undefined;
  }
}

function endTurn(): void {
  begunAt = null;
}

/** Lets one on: what it does then, it does before the next is let on. */
function letOn(): void {
  begunAt = null;
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(letOn);
}
