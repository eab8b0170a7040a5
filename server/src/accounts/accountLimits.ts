import { refuseUntil } from './attempts.ts';
import type { Counters } from './counters.ts';
import { householdOf } from '../counters/networks.ts';

const HOUR = 3_600;
const SIGN_UPS = { name: 'sign-ups', windowSeconds: HOUR };
const SIGN_UPS_OF_ADDRESS = { name: 'sign-ups-of-address', windowSeconds: HOUR };
const MAILS = { name: 'mails', windowSeconds: HOUR };
const TASTE_LINKS_OF_ADDRESS = { name: 'taste-links-of-address', windowSeconds: HOUR };
const TASTE_LINKS_OF_DAY = { name: 'taste-links-of-day', windowSeconds: 24 * HOUR };
const MAILS_OF_ADDRESS = { name: 'mails-of-address', windowSeconds: HOUR };

/** Mails that an hour brings to one account, and that one address may ask for. */
const MAX_MAILS = 3;
const MAX_MAILS_OF_ADDRESS = 20;
/** Links to tastes that one address may make in an hour, and in a day: a visitor's holds for that long, and all visitors share the room. */
const MAX_TASTE_LINKS_OF_ADDRESS = 30;
const MAX_TASTE_LINKS_OF_DAY = 100;

/** Accounts that may be opened in an hour. */
export interface SignUpLimits {
  perAddress: number;
  inAll: number;
}

/** Limits what costs a stranger nothing: accounts, and mails to others. */
export interface AccountLimits {
  /** Counts an account that is about to be opened. @throws AppError RATE_LIMITED */
  countSignUp(address: string): Promise<void>;
  /** Counts a mail that an address asks for. @throws AppError RATE_LIMITED */
  countMailOf(address: string): Promise<void>;
  /** Counts a link to a taste that an address makes. @throws AppError RATE_LIMITED */
  countTasteLink(address: string): Promise<void>;
  /** Counts a mail to an account; false if it has had enough. */
  mayMail(accountId: string): Promise<boolean>;
}

export function createAccountLimits(counters: Counters, { perAddress, inAll }: SignUpLimits): AccountLimits {
  return {
    async countSignUp(address) {
      const own = await counters.add(SIGN_UPS_OF_ADDRESS, householdOf(address));
      if (own.count > perAddress) refuseUntil(own.resetsInMs, 'too many accounts from one address');
      const all = await counters.add(SIGN_UPS, '');
      if (all.count > inAll) refuseUntil(all.resetsInMs, 'too many new accounts');
    },
    async countMailOf(address) {
      const { count, resetsInMs } = await counters.add(MAILS_OF_ADDRESS, householdOf(address));
      if (count > MAX_MAILS_OF_ADDRESS) refuseUntil(resetsInMs, 'too many mails');
    },
    async countTasteLink(address) {
      const household = householdOf(address);
      const hour = await counters.add(TASTE_LINKS_OF_ADDRESS, household);
      if (hour.count > MAX_TASTE_LINKS_OF_ADDRESS)
        refuseUntil(hour.resetsInMs, 'too many links from one address');
      const day = await counters.add(TASTE_LINKS_OF_DAY, household);
      if (day.count > MAX_TASTE_LINKS_OF_DAY)
        refuseUntil(day.resetsInMs, 'too many links from one address today');
    },
    async mayMail(accountId) {
      return (await counters.add(MAILS, accountId)).count <= MAX_MAILS;
    },
  };
}
