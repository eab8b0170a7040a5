/** A queue that serves whoever has used least, those who have used as much in turn, and the requests of each in their order. */
export class FairQueue<T> {
  readonly #byAddress = new Map<string, T[]>();
  readonly #useOf: (address: string) => number;
  #length = 0;

  /** @param useOf what an address has used so far */
  constructor(useOf: (address: string) => number) {
    this.#useOf = useOf;
  }

  get length(): number {
    return this.#length;
  }

  push(address: string, item: T): void {
    this.#length++;
    const waiting = this.#byAddress.get(address);
    if (waiting) waiting.push(item);
    else this.#byAddress.set(address, [item]);
  }

  /** Takes the next one of an address that may be served; undefined where none waits. */
  shift(mayBeServed: (address: string) => boolean = () => true): T | undefined {
    const address = this.#next(mayBeServed);
    if (address === undefined) return undefined;
    const waiting = this.#byAddress.get(address) ?? [];
    const item = waiting.shift();
    // Behind those of the others.
    this.#byAddress.delete(address);
    if (waiting.length > 0) this.#byAddress.set(address, waiting);
    this.#length--;
    return item;
  }

  /** Takes everything. */
  drain(): T[] {
    const all = [...this.#byAddress.values()].flat();
    this.#byAddress.clear();
    this.#length = 0;
    return all;
  }

  #next(mayBeServed: (address: string) => boolean): string | undefined {
    let next: string | undefined;
    let least = Infinity;
    for (const address of this.#byAddress.keys()) {
      const use = this.#useOf(address);
      if (use >= least || !mayBeServed(address)) continue;
      least = use;
      next = address;
    }
    return next;
  }
}
