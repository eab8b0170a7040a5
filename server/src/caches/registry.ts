/** A cache that says how much it holds. */
export interface RegisteredCache {
  /** Such as `pinned lists`; unique in a thread. */
  name: string;
  /** At most so much is kept. */
  maxBytes: () => number;
  /** An estimate of what is kept now. */
  bytes: () => number;
}

/** Size of a cache now. */
export interface CacheSize {
  name: string;
  bytes: number;
  maxBytes: number;
}

const registered = new Map<string, RegisteredCache>();

/** Makes a cache tell its size; one of the same name that was made before tells no more. */
export function registerCache(cache: RegisteredCache): void {
  registered.set(cache.name, cache);
}

/** Sizes of this thread's caches now, by name. */
export function cacheSizes(): CacheSize[] {
  return [...registered.values()]
    .map(({ name, maxBytes, bytes }) => ({ name, bytes: bytes(), maxBytes: maxBytes() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
