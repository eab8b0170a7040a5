import type { LiveSign } from '../graphql/context.ts';

/**
 * The signs of one subscription, for whoever answers it: one at once, then one after every mark. However often it is marked before it is
 * asked, that is one sign.
 */
export class Signs implements AsyncIterableIterator<LiveSign> {
  readonly userId: number | null;
  /** The state of the user that the last answer noted; null before. */
  state: string | null = null;
  readonly #onEnd: () => void;
  #isMarked = true;
  /** Only as long as nothing but an exchange has marked it. */
  #isExchange = false;
  #isEnded = false;
  #wake: (() => void) | null = null;

  /** @param onEnd called once, when nobody wants signs any more */
  constructor(userId: number | null, onEnd: (signs: Signs) => void) {
    this.userId = userId;
    this.#onEnd = () => onEnd(this);
  }

  mark(why: 'change' | 'exchange'): void {
    this.#isExchange = why === 'exchange' && (!this.#isMarked || this.#isExchange);
    this.#isMarked = true;
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<LiveSign, undefined>> {
    while (!this.#isMarked && !this.#isEnded) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = null;
    if (this.#isEnded) return { done: true, value: undefined };
    const sign = { userId: this.userId, isExchange: this.#isExchange };
    this.#isMarked = false;
    this.#isExchange = false;
    return { done: false, value: sign };
  }

  async return(): Promise<IteratorResult<LiveSign, undefined>> {
    if (!this.#isEnded) {
      this.#isEnded = true;
      this.#onEnd();
      this.#wake?.();
    }
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
