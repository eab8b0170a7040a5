import { createHash } from 'node:crypto';
import type { RedisLink } from '@pocketrocket/model/redis';
import { AppError } from '@pocketrocket/runtime';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { limiterHere, type OpenLimiter } from '../counters/limiters.ts';

export const MAX_ATTEMPTS = 10;
const WINDOW_SECONDS = 15 * 60;

/** Counters that several servers share. */
export interface SharedCounters {
  link: RedisLink;
  /** Prefix of the counters' keys. */
  prefix: string;
}

/** Milliseconds that Redis may take to count; then this process counts. */
const DEADLINE_MS = 500;

/**
 * Counts attempts to sign in by who is asked for and from where: in Redis where servers share one, and within this process without
 * it and while it does not answer.
 */
export interface SignInAttempts {
  /** Counts one attempt. @throws AppError RATE_LIMITED when there were too many */
  count(email: string, address: string): Promise<void>;
  /** Forgets them after a success. */
  forget(email: string, address: string): Promise<void>;
}

/** @param openLimiter where attempts are counted without a shared Redis */
export function createSignInAttempts(
  shared: SharedCounters | null = null,
  openLimiter: OpenLimiter = limiterHere,
): SignInAttempts {
  const window = { points: MAX_ATTEMPTS, duration: WINDOW_SECONDS };
  const here = openLimiter({ ...window, keyPrefix: 'sign-in' });
  const limiter = shared
    ? new RateLimiterRedis({
        ...window,
        storeClient: limiterClient(shared.link),
        useRedisPackage: true,
        keyPrefix: shared.prefix,
        insuranceLimiter: here,
      })
    : here;
  // Redis' administrators need not know who signs in.
  const keyOf = (email: string, address: string) =>
    createHash('sha256').update(`${address} ${email}`).digest('base64url');
  return {
    async count(email, address) {
      try {
        await limiter.consume(keyOf(email, address));
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const minutes = Math.ceil(refusal.msBeforeNext / 60_000);
        throw new AppError(
          'RATE_LIMITED',
          `too many attempts to sign in; try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}`,
        );
      }
    },
    async forget(email, address) {
      await limiter.delete(keyOf(email, address));
    },
  };
}

/** As much of a client as the limiter needs, with this connection's deadlines. */
function limiterClient(link: RedisLink) {
  return {
    eval: (script: string, { keys, arguments: values }: { keys: string[]; arguments: string[] }) =>
      link.command(['EVAL', script, String(keys.length), ...keys, ...values], DEADLINE_MS),
    del: (key: string) => link.command(['DEL', key], DEADLINE_MS),
  };
}
