import { AppError, randomId } from '@pocketrocket/runtime';
import {
  AccountEntity,
  ErasedAccountEntity,
  FIRST_ACCOUNT_USER_ID,
  FIRST_APP_USER_ID,
  KnownAddressEntity,
  lockAccount,
  UserEntity,
  toHistogramColumns,
  type Database,
} from '@pocketrocket/schema/database';
import { LessThan, MoreThanOrEqual, type EntityManager } from 'typeorm';
import { refuse } from '../arguments/checks.ts';
import { nowSeconds } from '../timing/clock.ts';
import { digest } from './digest.ts';

/** An address counts as known for so long after the last sign-in from it. */
const KNOWN_SECONDS = 90 * 86_400;

export class AccountRepository {
  constructor(private readonly database: Pick<Database, 'dataSource' | 'transaction'>) {}

  /** The account of a normalised email address; null where there is none. */
  async byEmail(email: string): Promise<AccountEntity | null> {
    return this.database.dataSource.getRepository(AccountEntity).findOneBy({ email });
  }

  async byUserId(userId: number): Promise<AccountEntity | null> {
    return this.database.dataSource.getRepository(AccountEntity).findOneBy({ userId });
  }

  /** Puts a hash in the place of the one that it was read with; where that has changed meanwhile, nothing. */
  async replaceHash({ userId, passwordHash: before }: AccountEntity, passwordHash: string): Promise<void> {
    await this.database.dataSource
      .getRepository(AccountEntity)
      .update({ userId, passwordHash: before }, { passwordHash });
  }

  /** True if somebody has signed in to the account from this address lately. */
  async isKnownAddress(account: AccountEntity, address: string): Promise<boolean> {
    return this.database.dataSource.getRepository(KnownAddressEntity).existsBy({
      ...addressKey(account, address),
      seenAtSeconds: MoreThanOrEqual(nowSeconds() - KNOWN_SECONDS),
    });
  }
}

/**
 * Locks an account for the rest of a transaction that rests on a password verified before it.
 * @param account as it was when the password was verified
 * @throws AppError BAD_USER_INPUT where the password was changed, or the account deleted, since
 */
export async function lockVerified(
  manager: EntityManager,
  { userId, passwordHash }: Pick<AccountEntity, 'userId' | 'passwordHash'>,
): Promise<void> {
  await lockAccount(manager, userId);
  if (!(await manager.existsBy(AccountEntity, { userId, passwordHash })))
    refuse('the password was changed meanwhile; try again with the new one');
}

/** Notes that somebody signed in from an address, and forgets those of long ago; within a transaction. */
export async function rememberAddress(
  manager: EntityManager,
  account: Pick<AccountEntity, 'userId' | 'accountId'>,
  address: string,
): Promise<void> {
  const { userId } = account;
  await manager.delete(KnownAddressEntity, { userId, seenAtSeconds: LessThan(nowSeconds() - KNOWN_SECONDS) });
  const key = addressKey(account, address);
  if (await manager.existsBy(KnownAddressEntity, key))
    await manager.update(KnownAddressEntity, key, { seenAtSeconds: nowSeconds() });
  else await manager.insert(KnownAddressEntity, { ...key, seenAtSeconds: nowSeconds() });
}

function addressKey({ userId, accountId }: Pick<AccountEntity, 'userId' | 'accountId'>, address: string) {
  return { userId, addressHash: digest(`${accountId} ${address}`) };
}

/**
 * Stores an account and its user under the next number that no account has ever had, and returns it as stored. Within a transaction.
 * @throws AppError ENVIRONMENT when the numbers of accounts are used up
 */
export async function insertAccount(
  manager: EntityManager,
  { email, passwordHash }: Pick<AccountEntity, 'email' | 'passwordHash'>,
  name: string,
): Promise<AccountEntity> {
  // Users of apps, whose numbers are above, are erased in the same way.
  const ofAccounts = { userId: LessThan(FIRST_APP_USER_ID) };
  const last = await manager.maximum(AccountEntity, 'userId', ofAccounts);
  const lastErased = await manager.maximum(ErasedAccountEntity, 'userId', ofAccounts);
  const userId = Math.max(FIRST_ACCOUNT_USER_ID, (last ?? 0) + 1, (lastErased ?? 0) + 1);
  if (userId >= FIRST_APP_USER_ID)
    throw new AppError('ENVIRONMENT', 'there is no number left for another account');
  const account: AccountEntity = {
    userId,
    accountId: randomId(),
    email,
    passwordHash,
    createdAtSeconds: nowSeconds(),
    emailConfirmedAtSeconds: null,
    role: 'user',
    sharesRatings: 0,
  };
  await manager.insert(AccountEntity, account);
  await manager.insert(UserEntity, {
    userId,
    name,
    ratingCount: 0,
    halfStarSum: 0,
    histogram: toHistogramColumns([]),
  });
  return account;
}
