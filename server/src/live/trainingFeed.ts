import type { Training } from '@pocketrocket/schema';
import { Signs } from './signs.ts';

/** A trainer notes its progress twice a second. */
const LOOK_MS = 1_000;

/** Tells subscriptions when the training has come further. Looks only while there is one: once a second, and when a trainer elsewhere tells. */
export class TrainingFeed {
  readonly #read: () => Promise<Training>;
  readonly #onTold: (listener: () => void) => () => void;
  readonly #all = new Set<Signs>();
  #stop: (() => void) | null = null;
  #before = '';
  #isLooking = false;
  #isAsked = false;

  /** @param onTold calls back when a trainer elsewhere told something; returns what ends that */
  constructor(read: () => Promise<Training>, onTold: (listener: () => void) => () => void) {
    this.#read = read;
    this.#onTold = onTold;
  }

  /** The signs of one subscription. */
  open(): Signs {
    const signs = new Signs(null, (ended) => {
      this.#all.delete(ended);
      if (this.#all.size === 0) this.close();
    });
    this.#all.add(signs);
    this.#stop ??= this.#start();
    return signs;
  }

  close(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #start(): () => void {
    const look = () => void this.#look();
    const timer = setInterval(look, LOOK_MS).unref();
    const endTold = this.#onTold(look);
    return () => {
      clearInterval(timer);
      endTold();
    };
  }

  /** However often it is asked meanwhile, one look follows. */
  async #look(): Promise<void> {
    this.#isAsked = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#isAsked) {
      this.#isAsked = false;
      // A note that cannot be read now is read the next time.
      const now = JSON.stringify(await this.#read().catch(() => null));
      if (now === this.#before) continue;
      this.#before = now;
      for (const signs of this.#all) signs.mark('change');
    }
    this.#isLooking = false;
  }
}
