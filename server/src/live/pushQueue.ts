import { setTimeout as wait } from 'node:timers/promises';

/** Answers after a change that are made at once: while one waits for the database, others are made. */
const MAX_CHANGES = 4;
/** After an exchange of the model all lists are made anew within so long, spread over it. */
const SPREAD_MS = 20_000;

type Work = () => Promise<void>;

/**
 * Lets answers of subscriptions be made a few at a time, each in a turn of the event loop of its own. Those after a change come first. Those
 * after an exchange, which concern everybody, follow one after the other with pauses in which requests are answered: as long as each took,
 * shorter where they would last too long.
 */
export class PushQueue {
  readonly #changes: Work[] = [];
  readonly #exchanges: Work[] = [];
  readonly #spreadMs: number;
  #numChanging = 0;
  #isExchanging = false;

  constructor(spreadMs = SPREAD_MS) {
    this.#spreadMs = spreadMs;
  }

  /** Answers that wait. */
  get length(): number {
    return this.#changes.length + this.#exchanges.length;
  }

  run<T>(isExchange: boolean, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      (isExchange ? this.#exchanges : this.#changes).push(() => work().then(resolve, reject));
      if (isExchange) void this.#exchange();
      else this.#change();
    });
  }

  #change(): void {
    while (this.#numChanging < MAX_CHANGES) {
      const work = this.#changes.shift();
      if (!work) return;
      this.#numChanging++;
      setImmediate(() => {
        void work().finally(() => {
          this.#numChanging--;
          this.#change();
        });
      });
    }
  }

  async #exchange(): Promise<void> {
    if (this.#isExchanging) return;
    this.#isExchanging = true;
    const endsAt = performance.now() + this.#spreadMs;
    for (let work = this.#exchanges.shift(); work; work = this.#exchanges.shift()) {
      const begunAt = performance.now();
      await work();
      const tookMs = performance.now() - begunAt;
      const leftMs = (endsAt - performance.now()) / (this.#exchanges.length + 1);
      await wait(Math.max(0, Math.min(tookMs, leftMs - tookMs)));
    }
    this.#isExchanging = false;
  }
}
