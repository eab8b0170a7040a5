import { AppError } from '@pocketrocket/schema/runtime';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export const MAX_ATTEMPTS = 10;
const WINDOW_SECONDS = 15 * 60;

/** Counts attempts to sign in by who is asked for and from where, within this process. */
export interface SignInAttempts {
  /** Counts one attempt. @throws AppError RATE_LIMITED when there were too many */
  count(email: string, address: string): Promise<void>;
  /** Forgets them after a success. */
  forget(email: string, address: string): Promise<void>;
}

export function createSignInAttempts(): SignInAttempts {
  const limiter = new RateLimiterMemory({ points: MAX_ATTEMPTS, duration: WINDOW_SECONDS });
  const keyOf = (email: string, address: string) => `${address} ${email}`;
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
