/** Milliseconds of work after which the event loop should turn, so that others are served. */
const TURN_MS = 10;

/** Time since which the event loop has not turned, as far as this module was asked; null where nobody has asked in this turn. */
let begunAt: number | null = null;

/** Those who wait, in order, from `first` on. */
const waiting: (() => void)[] = [];
let first = 0;
/** Number of those let on that stay in front of the others before the list is shortened. */
const MAX_GONE = 1_000;

/** True once the work of this turn of the event loop has taken long enough; costs some tens of nanoseconds. */
export function isTurnLong(): boolean {
  const now = performance.now();
  if (begunAt === null) {
    begunAt = now;
    setImmediate(endTurn);
    return false;
  }
  return now - begunAt > TURN_MS;
}

/**
 * Fulfilled when others have been served: those who wait are let on one after the other, each in a turn of its own while its work
 * is long.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length - first === 1) setImmediate(letOn);
  });
}

/** Waits for the next turn where this one has been long; else goes on at once. */
export function yieldIfLong(): Promise<void> | undefined {
  return isTurnLong() ? nextTurn() : undefined;
}

function endTurn(): void {
  begunAt = null;
}

/** Lets one on: what it does then, it does before the next is let on. */
function letOn(): void {
  begunAt = null;
  const resolve = waiting[first++];
  resolve?.();
  if (first < waiting.length) {
    setImmediate(letOn);
    if (first > MAX_GONE) {
      waiting.splice(0, first);
      first = 0;
    }
  } else {
    waiting.length = 0;
    first = 0;
  }
}
