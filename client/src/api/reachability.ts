/** Pauses between attempts to reach a server that did not answer, the last one again and again. */
const PAUSES_MS = [3_000, 6_000, 12_000, 24_000, 60_000] as const;

/** The clock and the network, of which a test has its own. */
export interface Surroundings {
  /** Calls once after so long; returns the way to stop. */
  after: (ms: number, call: () => void) => () => void;
  /** Calls when the browser is online again; returns the way to stop. */
  onOnline: (call: () => void) => () => void;
}

/**
 * Lets those who got no answer ask again: as soon as the browser is online, when somebody else got an answer, and from time to time.
 * Whoever waits asks anew each time until it stops waiting.
 */
export class Reachability {
  readonly #surroundings: Surroundings;
  readonly #waiting = new Set<() => void>();
  #stop: (() => void) | null = null;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Calls `ask` whenever an answer may be had; returns the way to stop waiting. */
  wait(ask: () => void): () => void {
    this.#waiting.add(ask);
    this.#stop ??= this.#watch();
    return () => {
      this.#waiting.delete(ask);
      if (this.#waiting.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  }

  /** Says that the server has answered somebody. */
  answered(): void {
    if (this.#waiting.size > 0) this.#askAll();
  }

  #watch(): () => void {
    const { after, onOnline } = this.#surroundings;
    let attempt = 0;
    let stopTimer: () => void;
    const plan = () => {
      const pause = PAUSES_MS[Math.min(attempt++, PAUSES_MS.length - 1)] ?? 0;
      stopTimer = after(pause, () => {
        plan();
        this.#askAll();
      });
    };
    plan();
    const stopOnline = onOnline(() => this.#askAll());
    return () => {
      stopTimer();
      stopOnline();
    };
  }

  #askAll(): void {
    for (const ask of [...this.#waiting]) ask();
  }
}

/** Those who wait in this browser. */
export const reachability = new Reachability({
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  onOnline: (call) => {
    window.addEventListener('online', call);
    return () => window.removeEventListener('online', call);
  },
});
