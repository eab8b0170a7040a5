/** A queue that serves addresses in turn, and the requests of each in their order. */
export class FairQueue<T> {
  readonly #byAddress = new Map<string, T[]>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(address: string, item: T): void {
    this.#length++;
    const waiting = this.#byAddress.get(address);
    if (waiting) waiting.push(item);
    else this.#byAddress.set(address, [item]);
  }

  /** Takes the next one; undefined where nothing waits. */
  shift(): T | undefined {
    for (const [address, waiting] of this.#byAddress) {
      const item = waiting.shift();
      // Behind those of the others.
      this.#byAddress.delete(address);
      if (waiting.length > 0) this.#byAddress.set(address, waiting);
      if (item === undefined) continue;
      this.#length--;
      return item;
    }
    return undefined;
  }

  /** Takes everything. */
  drain(): T[] {
    const all = [...this.#byAddress.values()].flat();
    this.#byAddress.clear();
    this.#length = 0;
    return all;
  }
}
