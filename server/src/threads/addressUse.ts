import { LRUCache } from 'lru-cache';

interface Use {
  /** Milliseconds of work, those of earlier counting less. */
  ms: number;
  /** When that was so, and when the address last asked, by the clock. */
  atMs: number;
  askedAtMs: number;
}

/** After so long, work counts half. */
const HALF_LIFE_MS = 2_000;
/** An address that has asked in this time counts among those that are there. */
const PRESENT_MS = 2_000;
/** Addresses whose work is remembered; of more, those that asked longest ago count as new. */
const MAX_ADDRESSES = 20_000;
/** The lightest of all is looked for so often. */
const LOOK_MS = 50;
/** Nobody uses much before this: a page of the portal takes a tenth. */
const MUCH_MS = 300;
/** Nor who uses little more than another. */
const MUCH_MORE = 1.5;

/** Work of the API threads by address, of the last seconds. */
export class AddressUse {
  readonly #uses = new LRUCache<string, Use>({ max: MAX_ADDRESSES });
  readonly #nowMs: () => number;
  #lightestMs = 0;
  #lookedAtMs = -Infinity;

  /** @param nowMs a clock that never goes back */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Notes that an address asks. */
  asks(address: string): void {
    const use = this.#current(address);
    use.askedAtMs = use.atMs;
    this.#uses.set(address, use);
  }

  /** Counts work that was done for an address. */
  add(address: string, ms: number): void {
    const use = this.#current(address);
    use.ms += ms;
    this.#uses.set(address, use);
  }

  /** Milliseconds of work lately. */
  of(address: string): number {
    const use = this.#uses.peek(address);
    return use ? decayed(use, this.#nowMs()) : 0;
  }

  /** True for an address that uses much, and more than another one that is there. */
  isMuch(address: string): boolean {
    const ms = this.of(address);
    return ms > MUCH_MS && ms > MUCH_MORE * this.#lightest();
  }

  #current(address: string): Use {
    const now = this.#nowMs();
    const use = this.#uses.peek(address);
    return use ? { ...use, ms: decayed(use, now), atMs: now } : { ms: 0, atMs: now, askedAtMs: -Infinity };
  }

  #lightest(): number {
    const now = this.#nowMs();
    if (now - this.#lookedAtMs < LOOK_MS) return this.#lightestMs;
    let lightest = Infinity;
    for (const use of this.#uses.values())
      if (now - use.askedAtMs < PRESENT_MS) lightest = Math.min(lightest, decayed(use, now));
    this.#lookedAtMs = now;
    return (this.#lightestMs = lightest);
  }
}

function decayed({ ms, atMs }: Use, now: number): number {
  return ms * 2 ** ((atMs - now) / HALF_LIFE_MS);
}
