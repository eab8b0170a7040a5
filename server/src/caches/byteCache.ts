import { LRUCache } from 'lru-cache';
import { registerCache } from './registry.ts';

export interface ByteCacheOptions<Value, Key> {
  /** Name in metrics and docs. */
  name: string;
  /** Of all entries together; 0 keeps none. */
  maxBytes: number;
  /** An estimate of what an entry keeps alive. */
  bytesOf: (value: Value, key: Key) => number;
  /** Milliseconds after the last use at which an entry goes; never unless given. */
  ttlMs?: number;
  /** Told of each entry that goes. */
  onRemoved?: (value: Value, key: Key) => void;
}

/** A registered cache bounded in bytes, least recently used first out; what is larger than the bound is not kept. */
export function createByteCache<Value extends object, Key extends string | number = string>(
  options: ByteCacheOptions<Value, Key>,
): LRUCache<Key, Value> {
  const { name, maxBytes, bytesOf, ttlMs, onRemoved } = options;
  const cache = new LRUCache<Key, Value>({
    // The library takes no bound of 0, and an entry has a byte at least.
    maxSize: Math.max(1, Math.floor(maxBytes)),
    sizeCalculation: (value, key) => Math.ceil(ENTRY_BYTES + bytesOfKey(key) + bytesOf(value, key)),
    ...(ttlMs !== undefined && { ttl: ttlMs, updateAgeOnGet: true }),
    ...(onRemoved && { dispose: (value: Value, key: Key) => onRemoved(value, key) }),
  });
  registerCache({ name, maxBytes: () => maxBytes, bytes: () => cache.calculatedSize });
  return cache;
}

function bytesOfKey(key: string | number): number {
  return typeof key === 'string' ? 2 * key.length : 0;
}

/** Bytes that the cache itself keeps for an entry. */
const ENTRY_BYTES = 100;
