import type { Training } from '@pocketrocket/schema';
import { Signs } from './signs.ts';

/** A trainer notes its progress twice a second. */
const LOOK_MS = 1_000;

/** Tells subscriptions when the training has come further. Looks only while there is one. */
export class TrainingFeed {
  readonly #read: () => Promise<Training>;
  readonly #all = new Set<Signs>();
  #timer: NodeJS.Timeout | undefined;
  #before = '';

  constructor(read: () => Promise<Training>) {
    this.#read = read;
  }

  /** The signs of one subscription. */
  open(): Signs {
    const signs = new Signs(null, (ended) => {
      this.#all.delete(ended);
      if (this.#all.size === 0) this.close();
    });
    this.#all.add(signs);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
    return signs;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    // A note that cannot be read now is read the next time.
    const now = JSON.stringify(await this.#read().catch(() => null));
    if (now === this.#before) return;
    this.#before = now;
    for (const signs of this.#all) signs.mark('change');
  }
}
