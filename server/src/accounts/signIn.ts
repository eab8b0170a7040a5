import type { AuthPayload, SignInInput, SignUpInput } from '@pocketrocket/schema';
import { AccountEntity, type Database } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import { refuse } from '../arguments/checks.ts';
import { writeInTransaction } from '../database/retry.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import type { Deadline } from '../timing/deadline.ts';
import { insertAccount, type AccountRepository } from './accountRepository.ts';
import type { Auth } from './auth.ts';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';
import { requireUser } from './viewer.ts';

interface SignUpDeps {
  database: Database;
  auth: Auth;
}

interface SignInDeps {
  accounts: AccountRepository;
  auth: Auth;
}

const MIN_PASSWORD = 8;
const MAX_PASSWORD = 128;
const MAX_NAME = 100;
const MAX_EMAIL = 254;

/**
 * Opens an account and signs it in.
 * @throws AppError BAD_USER_INPUT saying what to change; EMAIL_TAKEN
 */
export async function signUp(
  { database, auth }: SignUpDeps,
  scope: RequestScope,
  input: SignUpInput,
  deadline: Deadline,
): Promise<AuthPayload> {
  const name = input.name.trim().normalize('NFC');
  const email = normalise(input.email);
  const length = [...input.password].length;
  if (name === '' || name.length > MAX_NAME) refuse(`the name must have 1 to ${MAX_NAME} characters`);
  if (/\p{Cc}/u.test(name)) refuse('the name must not have control characters');
  if (length < MIN_PASSWORD || length > MAX_PASSWORD)
    refuse(`the password must have ${MIN_PASSWORD} to ${MAX_PASSWORD} characters`);
  const account = {
    email,
    passwordHash: await hashPassword(input.password),
    createdAtSeconds: Math.floor(Date.now() / 1000),
  };
  const userId = await writeInTransaction(database, deadline, async (manager) => {
    if (await manager.existsBy(AccountEntity, { email }))
      throw new AppError('EMAIL_TAKEN', 'an account with this email address already exists; sign in instead');
    return insertAccount(manager, account, name);
  });
  return payload(auth, scope, userId);
}

/**
 * Signs in to an account.
 * @param address of the caller; with the email address, what attempts are counted by
 * @throws AppError BAD_USER_INPUT when email and password do not belong together; RATE_LIMITED
 */
export async function signIn(
  { accounts, auth }: SignInDeps,
  scope: RequestScope,
  { email: given, password }: SignInInput,
  address: string,
): Promise<AuthPayload> {
  const email = normalise(given);
  await auth.attempts.count(email, address);
  const account = await accounts.byEmail(email);
  // A longer one was never accepted, and need not be hashed.
  const isRight =
    password.length <= 2 * MAX_PASSWORD && (await verifyPassword(account?.passwordHash ?? null, password));
  if (!account || !isRight) refuse('the email address or the password is wrong');
  await auth.attempts.forget(email, address);
  if (isOutdated(account.passwordHash)) await accounts.replaceHash(account, await hashPassword(password));
  return payload(auth, scope, account.userId);
}

async function payload({ tokens }: Auth, scope: RequestScope, userId: number) {
  scope.clear();
  return { ...(await tokens.issue(userId)), user: await requireUser(scope, userId) };
}

/** Email addresses are compared without case, and in ASCII alone: every database then agrees on what is equal. */
function normalise(email: string): string {
  const normal = email.trim().toLowerCase();
  if (normal.length > MAX_EMAIL || !/^[!-?A-~]+@[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(normal))
    refuse('this is not an email address such as ann@example.org');
  return normal;
}
