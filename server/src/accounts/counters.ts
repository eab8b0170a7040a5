import type { RedisLink } from '@pocketrocket/model/redis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { limiterHere, type OpenLimiter } from '../counters/limiters.ts';
import { digest } from './digest.ts';

/** One kind of thing that is counted, and for how long from the first time on. */
export interface CounterRule {
  name: string;
  windowSeconds: number;
}

export interface Counted {
  /** The number in this window, this time included. */
  count: number;
  /** Milliseconds until it begins at none again. */
  resetsInMs: number;
}

/** Counts what is limited. Arguments and results are plain data, so that another thread may do it. */
export interface Counters {
  /** Adds to what is counted under a key; negative points take back. */
  add(rule: CounterRule, key: string, points?: number): Promise<Counted>;
  /** Begins at none again. */
  clear(rule: CounterRule, key: string): Promise<void>;
}

/** Counters that several servers share. */
export interface SharedCounters {
  link: RedisLink;
  /** Prefix of the counters' keys. */
  prefix: string;
  /** Milliseconds that Redis may take to count; then this process counts. */
  deadlineMs?: number;
}

const DEADLINE_MS = 500;
/** Counters count; whoever asks decides how many are too many. */
const UNLIMITED = { points: Number.MAX_SAFE_INTEGER, duration: 3_600 };

/**
 * Counters in Redis where servers share one, and within this process without it and while it does not answer.
 * @param shared where several servers count together; null where this one counts alone
 * @param openLimiter opens the counters of this process
 */
export function createCounters(
  shared: SharedCounters | null = null,
  openLimiter: OpenLimiter = limiterHere,
): Counters {
  const here = openLimiter({ ...UNLIMITED, keyPrefix: 'accounts' });
  const limiter = shared
    ? new RateLimiterRedis({
        ...UNLIMITED,
        storeClient: limiterClient(shared),
        useRedisPackage: true,
        keyPrefix: shared.prefix,
        insuranceLimiter: here,
      })
    : here;
  return {
    async add(rule, key, points = 1) {
      const window = { customDuration: rule.windowSeconds };
      const { consumedPoints, msBeforeNext } =
        points < 0
          ? await limiter.reward(keyOf(rule, key), -points, window)
          : await limiter.consume(keyOf(rule, key), points, window);
      return { count: consumedPoints, resetsInMs: msBeforeNext };
    },
    async clear(rule, key) {
      await limiter.delete(keyOf(rule, key));
    },
  };
}

/** Hides who signs in: Redis' administrators need not know. */
function keyOf({ name }: CounterRule, key: string): string {
  return digest(`${name} ${key}`);
}

/** As much of a client as the limiter needs, with this connection's deadlines. */
function limiterClient({ link, deadlineMs = DEADLINE_MS }: SharedCounters) {
  return {
    eval: (script: string, { keys, arguments: values }: { keys: string[]; arguments: string[] }) =>
      link.command(['EVAL', script, String(keys.length), ...keys, ...values], deadlineMs),
    del: (key: string) => link.command(['DEL', key], deadlineMs),
  };
}
