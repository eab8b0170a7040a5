import type { Logger } from '@pocketrocket/runtime';

/** Bounds of what clients may make the server hold, in all and by address. */
export interface HoldingLimits {
  number: number;
  bytes: number;
  numberByAddress: number;
  bytesByAddress: number;
  /** Milliseconds without progress after which an entry is cut. */
  quietMs: number;
}

/** One entry: a body that is being read, an answer that is being written, a connection. */
export interface Holding {
  /** Counts further bytes. */
  grow(bytes: number): void;
  /** Notes that the client does its part; it then counts as the last that came. */
  touch(): void;
  /** Forgets it. */
  release(): void;
}

interface Entry {
  readonly address: string;
  readonly cut: () => void;
  bytes: number;
  progressAt: number;
}

interface OfAddress {
  readonly entries: Set<Entry>;
  bytes: number;
}

const SWEEP_MS = 500;
/** After so long without a cut a burst is over. */
const BURST_MS = 5_000;

/**
 * Things that clients make the server hold. Whoever comes is let in; where there are too many of an address, or in all, the one that has
 * made no progress for longest goes, in all of the address that holds most: so slow clients cost each other, and nobody else.
 */
export class Holdings {
  readonly #what: string;
  readonly #limits: HoldingLimits;
  readonly #logger: Logger;
  /** The one without progress for longest first. */
  readonly #entries = new Set<Entry>();
  readonly #byAddress = new Map<string, OfAddress>();
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;
  #numCut = 0;
  #cutAt = 0;

  /** @param what for the log, such as `request bodies` */
  constructor(what: string, limits: HoldingLimits, logger: Logger) {
    this.#what = what;
    this.#limits = limits;
    this.#logger = logger;
    this.#timer = setInterval(() => this.#sweep(), Math.min(SWEEP_MS, limits.quietMs / 4));
    this.#timer.unref();
  }

  /** Bytes and entries held now. */
  get size(): { number: number; bytes: number } {
    return { number: this.#entries.size, bytes: this.#bytes };
  }

  /** @param cut ends it; the entry is forgotten by then */
  hold(address: string, bytes: number, cut: () => void): Holding {
    const entry: Entry = { address, cut, bytes: 0, progressAt: performance.now() };
    this.#entries.add(entry);
    this.#of(address).entries.add(entry);
    this.#grow(entry, bytes);
    return {
      grow: (more) => this.#grow(entry, more),
      touch: () => this.#touch(entry),
      release: () => this.#release(entry),
    };
  }

  /** Stops looking for entries without progress. */
  close(): void {
    clearInterval(this.#timer);
  }

  #of(address: string): OfAddress {
    const known = this.#byAddress.get(address);
    if (known) return known;
    const made: OfAddress = { entries: new Set(), bytes: 0 };
    this.#byAddress.set(address, made);
    return made;
  }

  #grow(entry: Entry, bytes: number): void {
    if (!this.#entries.has(entry)) return;
    const ofAddress = this.#of(entry.address);
    entry.bytes += bytes;
    ofAddress.bytes += bytes;
    this.#bytes += bytes;
    const { number, numberByAddress, bytesByAddress } = this.#limits;
    while (ofAddress.entries.size > numberByAddress || ofAddress.bytes > bytesByAddress)
      if (!this.#cutOldest(ofAddress, entry)) break;
    while (this.#entries.size > number || this.#bytes > this.#limits.bytes)
      if (!this.#cutOldest(this.#largest(), null)) break;
  }

  #touch(entry: Entry): void {
    if (!this.#entries.delete(entry)) return;
    entry.progressAt = performance.now();
    this.#entries.add(entry);
    const { entries } = this.#of(entry.address);
    entries.delete(entry);
    entries.add(entry);
  }

  #release(entry: Entry): void {
    if (!this.#entries.delete(entry)) return;
    const ofAddress = this.#of(entry.address);
    ofAddress.entries.delete(entry);
    ofAddress.bytes -= entry.bytes;
    this.#bytes -= entry.bytes;
    if (ofAddress.entries.size === 0) this.#byAddress.delete(entry.address);
  }

  /** The address that holds most of whatever there is too much of; of equal ones the first. */
  #largest(): OfAddress | undefined {
    const isTooMany = this.#entries.size > this.#limits.number;
    let largest: OfAddress | undefined;
    let most = -1;
    for (const one of this.#byAddress.values()) {
      const share = isTooMany ? one.entries.size : one.bytes;
      if (share > most) [most, largest] = [share, one];
    }
    return largest;
  }

  /** @param spared not this one, unless null; false where there is no other */
  #cutOldest(ofAddress: OfAddress | undefined, spared: Entry | null): boolean {
    for (const entry of ofAddress?.entries ?? [])
      if (entry !== spared) {
        this.#cut(entry);
        return true;
      }
    return false;
  }

  #cut(entry: Entry): void {
    this.#release(entry);
    if (this.#numCut++ === 0)
      this.#logger.warn({ address: entry.address }, `slow clients: ${this.#what} are cut`);
    this.#cutAt = performance.now();
    entry.cut();
  }

  #sweep(): void {
    const now = performance.now();
    for (const entry of this.#entries) {
      if (now - entry.progressAt < this.#limits.quietMs) break;
      this.#cut(entry);
    }
    if (this.#numCut === 0 || now - this.#cutAt < BURST_MS) return;
    this.#logger.info({ cut: this.#numCut }, `slow clients: no more ${this.#what} are cut`);
    this.#numCut = 0;
  }
}
