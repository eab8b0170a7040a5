import { LRUCache } from 'lru-cache';
import { MAX_DEBT, REFUSAL_UNITS, type Balance, type Charge } from './bucket.ts';

interface Bucket {
  tokens: number;
  /** When it was so, by the clock of the buckets. */
  atMs: number;
}

/** Clients whose buckets are kept; of more, those that asked longest ago count as new. */
const MAX_BUCKETS = 100_000;

/** Token buckets in this process's memory. @param nowMs a clock that never goes back */
export function createMemoryBuckets(
  nowMs: () => number = () => performance.now(),
): (charge: Charge) => Balance {
  const buckets = new LRUCache<string, Bucket>({ max: MAX_BUCKETS });
  return ({ key, units, rules: { burst, perSecond }, isDone = false }) => {
    const now = nowMs();
    const bucket = buckets.get(key) ?? { tokens: burst, atMs: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.atMs) * perSecond) / 1000);
    const isAllowed = isDone || tokens >= units;
    const taken = isAllowed ? units : Math.min(units, REFUSAL_UNITS);
    const remaining = Math.max(isDone ? -MAX_DEBT * burst : Math.min(0, tokens), tokens - taken);
    buckets.set(key, { tokens: remaining, atMs: now });
    return { isAllowed, remaining };
  };
}
