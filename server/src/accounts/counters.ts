import type { RedisLink } from '@pocketrocket/model/redis';
import { LRUCache } from 'lru-cache';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { digest } from './randomTokens.ts';

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
}

/** Milliseconds that Redis may take to count; then this process counts. */
const DEADLINE_MS = 500;
/** Keys that a process counts at most, at some 200 bytes each; the one that was counted longest ago is forgotten first. */
const MAX_KEYS = 100_000;
/** Counters count; whoever asks decides how many are too many. */
const UNLIMITED = { points: Number.MAX_SAFE_INTEGER, duration: 3_600 };

/**
 * Counters in Redis where servers share one, and within this process without it and while it does not answer.
 * @param shared where several servers count together; null where this one counts alone
 */
export function createCounters(shared: SharedCounters | null = null): Counters {
  const here = createLocalCounters();
  const there = shared && createRedisCounters(shared);
  if (!there) return here;
  return {
    // The connection logs when it is lost, and when it is back.
    add: (rule, key, points) => there.add(rule, key, points).catch(() => here.add(rule, key, points)),
    async clear(rule, key) {
      await here.clear(rule, key);
      await there.clear(rule, key).catch(() => undefined);
    },
  };
}

function createLocalCounters(): Counters {
  const counts = new LRUCache<string, { count: number }>({ max: MAX_KEYS });
  return {
    async add(rule, key, points = 1) {
      const name = keyOf(rule, key);
      const held = counts.get(name);
      if (held) held.count += points;
      else counts.set(name, { count: points }, { ttl: rule.windowSeconds * 1_000 });
      return { count: held?.count ?? points, resetsInMs: counts.getRemainingTTL(name) };
    },
    async clear(rule, key) {
      counts.delete(keyOf(rule, key));
    },
  };
}

function createRedisCounters({ link, prefix }: SharedCounters): Counters {
  const storeClient = limiterClient(link);
  const limiter = new RateLimiterRedis({
    ...UNLIMITED,
    storeClient,
    useRedisPackage: true,
    keyPrefix: prefix,
  });
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
function limiterClient(link: RedisLink) {
  return {
    eval: (script: string, { keys, arguments: values }: { keys: string[]; arguments: string[] }) =>
      link.command(['EVAL', script, String(keys.length), ...keys, ...values], DEADLINE_MS),
    del: (key: string) => link.command(['DEL', key], DEADLINE_MS),
  };
}
