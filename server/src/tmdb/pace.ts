/** Lets calls through at an even pace, and refuses those that would wait too long. */
export interface Pace {
  /** Resolves when it is this call's turn; false at once where that would be later than it may wait. */
  turn(maxWaitMs: number): Promise<boolean>;
  /** True where a call would not wait at all, and nobody else would wait for it. */
  isIdle(): boolean;
  /** No turn before then. @param ms from now */
  pause(ms: number): void;
}

/** Calls that may come at once after a rest. */
const BURST = 10;

/**
 * A pace of so many calls a second, after a burst of a few.
 * @param now milliseconds of a clock that only goes forward
 */
export function createPace(perSecond: number, now: () => number = () => performance.now()): Pace {
  const gapMs = 1_000 / perSecond;
  // The turn that the next call gets; earlier than now by as many gaps as may come at once.
  let next = now() - BURST * gapMs;
  const turnAt = () => Math.max(next, now() - BURST * gapMs);
  return {
    async turn(maxWaitMs) {
      const at = turnAt();
      const waitMs = at - now();
      if (waitMs > maxWaitMs) return false;
      next = at + gapMs;
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      return true;
    },
    isIdle: () => turnAt() <= now() - (BURST / 2) * gapMs,
    pause(ms) {
      next = Math.max(next, now() + ms);
    },
  };
}
