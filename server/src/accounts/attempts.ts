import { AppError } from '@pocketrocket/runtime';
import type { Counters } from './counters.ts';
import { householdOf, networkOf } from '../counters/networks.ts';

/** Attempts for one account from one address in 15 minutes. */
export const MAX_ATTEMPTS = 10;
/** Attempts for all accounts from one address in 15 minutes. */
export const MAX_ATTEMPTS_OF_ADDRESS = 100;
/** Wrong passwords from one network that cost no wait, for an account that is left alone. */
const FREE_FAILURES = 3;
/** Wrong passwords in a day, from all addresses, that double every wait for the account. */
const FAILURES_PER_DOUBLING = 20;
const MAX_WAIT_SECONDS = 15 * 60;

const QUARTER_HOUR = 15 * 60;
const DAY = 86_400;
const OF_ADDRESS = { name: 'attempts-of-address', windowSeconds: QUARTER_HOUR };
const OF_ACCOUNT_AND_ADDRESS = { name: 'attempts', windowSeconds: QUARTER_HOUR };
const OF_ACCOUNT_AND_NETWORK = { name: 'failures-of-network', windowSeconds: DAY };
const OF_ACCOUNT = { name: 'failures', windowSeconds: DAY };
const WAIT = 'wait';

/** An attempt to prove who one is by a password. */
export interface Attempt {
  /** The account's random id; where there is no account, the email address. */
  subject: string;
  /** Network address of the caller. */
  address: string;
  /** True if somebody has signed in to the account from this address. */
  isKnown: boolean;
}

/**
 * Limits guessing of passwords, by the address over all accounts, by account and address, and by account over all addresses. The last
 * one is a wait that grows with the wrong passwords from a network (`networkOf`), and faster while the account is under attack. The
 * first attempt from a network never waits, nor does any from a known address: strangers cannot lock the owner out.
 */
export interface SignInAttempts {
  /** Counts an attempt before the password is looked at. @throws AppError RATE_LIMITED when there were too many */
  count(attempt: Attempt): Promise<void>;
  failed(attempt: Attempt): Promise<void>;
  succeeded(attempt: Attempt): Promise<void>;
  /** Forgets all that is counted for an account from an address; the rest is under its random id alone and ends within a day. */
  forget(attempt: Attempt): Promise<void>;
}

export function createSignInAttempts(counters: Counters): SignInAttempts {
  const attemptsKey = ({ subject, address }: Attempt) => `${subject} ${householdOf(address)}`;
  const networkKey = ({ subject, address }: Attempt) => `${subject} ${networkOf(address)}`;

  async function awaitTurn(attempt: Attempt): Promise<void> {
    const { count } = await counters.add(OF_ACCOUNT_AND_NETWORK, networkKey(attempt));
    const { count: ofAll } = await counters.add(OF_ACCOUNT, attempt.subject, 0);
    const seconds = waitSeconds(count - 1, ofAll);
    if (seconds === 0) return;
    const turn = await counters.add({ name: WAIT, windowSeconds: seconds }, networkKey(attempt));
    if (turn.count === 1) return;
    // It was not looked at: only attempts that are make the wait longer.
    await counters.add(OF_ACCOUNT_AND_NETWORK, networkKey(attempt), -1);
    refuseUntil(turn.resetsInMs, 'too many wrong passwords for this account');
  }

  return {
    async count(attempt) {
      const ofAddress = await counters.add(OF_ADDRESS, householdOf(attempt.address));
      if (ofAddress.count > MAX_ATTEMPTS_OF_ADDRESS)
        refuseUntil(ofAddress.resetsInMs, 'too many attempts to sign in');
      const own = await counters.add(OF_ACCOUNT_AND_ADDRESS, attemptsKey(attempt));
      if (own.count > MAX_ATTEMPTS) refuseUntil(own.resetsInMs, 'too many attempts to sign in');
      if (!attempt.isKnown) await awaitTurn(attempt);
    },
    async failed({ subject }) {
      await counters.add(OF_ACCOUNT, subject);
    },
    async succeeded(attempt) {
      await Promise.all([
        counters.clear(OF_ACCOUNT_AND_ADDRESS, attemptsKey(attempt)),
        counters.clear(OF_ACCOUNT_AND_NETWORK, networkKey(attempt)),
        counters.clear({ name: WAIT, windowSeconds: MAX_WAIT_SECONDS }, networkKey(attempt)),
      ]);
    },
    async forget(attempt) {
      await this.succeeded(attempt);
      await counters.clear(OF_ACCOUNT, attempt.subject);
    },
  };
}

/** Seconds between attempts from a network. @param failures from it in a day @param ofAll from all addresses in a day */
export function waitSeconds(failures: number, ofAll: number): number {
  const doublings = Math.floor(ofAll / FAILURES_PER_DOUBLING);
  const free = doublings > 0 ? 1 : FREE_FAILURES;
  return failures < free ? 0 : Math.min(MAX_WAIT_SECONDS, 2 ** (failures - free + doublings));
}

/** @throws AppError RATE_LIMITED */
export function refuseUntil(resetsInMs: number, reason: string): never {
  const seconds = Math.max(1, Math.ceil(resetsInMs / 1_000));
  throw new AppError('RATE_LIMITED', `${reason}; try again in ${inWords(seconds)}`);
}

function inWords(seconds: number): string {
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes > 120) return `${Math.ceil(minutes / 60)} hours`;
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
