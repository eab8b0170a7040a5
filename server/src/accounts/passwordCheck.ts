import type { AccountEntity } from '@pocketrocket/schema/database';
import type { AccountRepository } from './accountRepository.ts';
import type { Attempt, SignInAttempts } from './attempts.ts';
import { MAX_PASSWORD } from './credentials.ts';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';

export interface PasswordCheckDeps {
  accounts: AccountRepository;
  attempts: SignInAttempts;
}

/** A password given for an account. */
export interface GivenPassword {
  /** Null where nobody has the email address: the answer takes as long, and is the same. */
  account: AccountEntity | null;
  email: string;
  password: string;
  /** Network address of the caller. */
  address: string;
}

/**
 * Verifies a password within the limits on guessing.
 * @returns the account, with the hash that the password has now; null when the password is wrong or there is none
 * @throws AppError RATE_LIMITED
 */
export async function verifyWithinLimits(
  { accounts, attempts }: PasswordCheckDeps,
  { account, email, password, address }: GivenPassword,
): Promise<AccountEntity | null> {
  const attempt: Attempt = {
    subject: account?.accountId ?? email,
    address,
    isKnown: account !== null && (await accounts.isKnownAddress(account, address)),
  };
  await attempts.count(attempt);
  // A longer one was never accepted, and need not be hashed.
  const isRight =
    password.length <= 2 * MAX_PASSWORD && (await verifyPassword(account?.passwordHash ?? null, password));
  if (!account || !isRight) {
    await attempts.failed(attempt);
    return null;
  }
  await attempts.succeeded(attempt);
  if (!isOutdated(account.passwordHash)) return account;
  const passwordHash = await hashPassword(password);
  await accounts.replaceHash(account, passwordHash);
  return { ...account, passwordHash };
}
