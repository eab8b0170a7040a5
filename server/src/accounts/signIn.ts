import { User, type SignInInput, type SignUpInput } from '@pocketrocket/schema';
import { AccountEntity, type Database, normaliseEmail } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import { refuse } from '../arguments/checks.ts';
import { writeInTransaction } from '../database/retry.ts';
import type { RequestScope, StoredUser } from '../loaders/requestScope.ts';
import type { Deadline } from '../timing/deadline.ts';
import { insertAccount, lockVerified, rememberAddress, type AccountRepository } from './accountRepository.ts';
import type { Auth } from './auth.ts';
import { checkEmail, checkName, checkPassword, knownTexts } from './credentials.ts';
import { sendConfirmation } from './links.ts';
import { verifyWithinLimits } from './passwordCheck.ts';
import { hashPassword } from './passwords.ts';
import type { OpenSession } from './sessions.ts';
import { requireAccount, requireUser } from './viewer.ts';

export interface SignInDeps {
  database: Database;
  accounts: AccountRepository;
  auth: Auth;
}

/** From where, and by when, somebody asks. */
export interface Caller {
  scope: RequestScope;
  /** Network address of the caller. */
  address: string;
  deadline: Deadline;
}

/** A sign-in, before it is said how the refresh token travels. */
export interface SignedIn {
  token: string;
  expiresAt: Date;
  user: StoredUser;
  session: OpenSession;
}

/**
 * Opens an account and signs it in.
 * @throws AppError BAD_USER_INPUT saying what to change; EMAIL_TAKEN; RATE_LIMITED
 */
export async function signUp(deps: SignInDeps, caller: Caller, input: SignUpInput): Promise<SignedIn> {
  const { database, auth } = deps;
  const name = checkName(input.name);
  const email = checkEmail(input.email);
  checkPassword(input.password, knownTexts(email, name));
  await auth.limits.countSignUp(caller.address);
  const passwordHash = await hashPassword(input.password);
  const { account, session } = await writeInTransaction(database, caller.deadline, async (manager) => {
    if (await manager.existsBy(AccountEntity, { email }))
      throw new AppError('EMAIL_TAKEN', 'an account with this email address already exists; sign in instead');
    const opened = await insertAccount(manager, { email, passwordHash }, name);
    await rememberAddress(manager, opened, caller.address);
    return { account: opened, session: await auth.sessions.begin(manager, opened.userId) };
  });
  sendConfirmation({ database, auth }, account);
  return signedIn(auth, caller.scope, account, session);
}

/**
 * Signs in to an account.
 * @throws AppError BAD_USER_INPUT when email and password do not belong together; RATE_LIMITED
 */
export async function signIn(
  { database, accounts, auth }: SignInDeps,
  { scope, address, deadline }: Caller,
  { email: given, password }: SignInInput,
): Promise<SignedIn> {
  const email = normaliseEmail(given);
  const known = await accounts.byEmail(email);
  const check = { accounts, attempts: auth.attempts };
  const account = await verifyWithinLimits(check, { account: known, email, password, address });
  if (!account) refuse('the email address or the password is wrong');
  const session = await writeInTransaction(database, deadline, async (manager) => {
    await lockVerified(manager, account);
    await rememberAddress(manager, account, address);
    return auth.sessions.begin(manager, account.userId);
  });
  return signedIn(auth, scope, account, session);
}

/** Continues a session: a new access token, and the next refresh token. @throws AppError UNAUTHENTICATED */
export async function refreshSession(
  { accounts, auth }: SignInDeps,
  { scope, deadline }: Caller,
  refreshToken: string,
): Promise<SignedIn> {
  const session = await auth.sessions.rotate(refreshToken, deadline);
  const account = requireAccount(await accounts.byUserId(session.userId));
  return signedIn(auth, scope, account, session);
}

/** The answer of a new session. */
export async function signedIn(
  { tokens }: Auth,
  scope: RequestScope,
  { accountId, userId }: Pick<AccountEntity, 'accountId' | 'userId'>,
  session: OpenSession,
): Promise<SignedIn> {
  scope.clear();
  const stored = await requireUser(scope, userId);
  const access = await tokens.issue({ accountId, sessionId: session.sessionId });
  // The request itself was nobody's.
  return { ...access, session, user: Object.assign(new User(), stored, { isOwn: true }) };
}
