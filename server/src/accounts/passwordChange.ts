import type { ChangePasswordInput, ResetPasswordInput } from '@pocketrocket/schema';
import {
  AccountEntity,
  AccountLinkEntity,
  UserEntity,
  type Database,
  normaliseEmail,
} from '@pocketrocket/schema/database';
import { refuse } from '../arguments/checks.ts';
import { writeInTransaction } from '../database/retry.ts';
import type { Deadline } from '../timing/deadline.ts';
import { lockVerified } from './accountRepository.ts';
import type { Auth } from './auth.ts';
import { checkPassword, knownTexts } from './credentials.ts';
import { createLink, useLink, userOfLink } from './links.ts';
import { verifyWithinLimits } from './passwordCheck.ts';
import { hashPassword } from './passwords.ts';
import { signedIn, type Caller, type SignedIn, type SignInDeps } from './signIn.ts';
import { requireAccount } from './viewer.ts';

/**
 * Changes the viewer's password. All sessions end; a new one begins for whoever asks.
 * @throws AppError BAD_USER_INPUT when the present password is wrong or the new one cannot be one; RATE_LIMITED; UNAUTHENTICATED
 */
export async function changePassword(
  deps: SignInDeps,
  caller: Caller,
  userId: number,
  { currentPassword, newPassword }: ChangePasswordInput,
): Promise<SignedIn> {
  const { database, auth } = deps;
  const account = await requirePassword(deps, caller, userId, currentPassword);
  await checkNewPassword(database, account, newPassword);
  const passwordHash = await hashPassword(newPassword);
  const session = await writeInTransaction(database, caller.deadline, async (manager) => {
    await lockVerified(manager, account);
    await manager.update(AccountEntity, { userId }, { passwordHash });
    await manager.delete(AccountLinkEntity, { userId, purpose: 'reset' });
    await auth.sessions.endAll(manager, userId);
    return auth.sessions.begin(manager, userId);
  });
  tellOfChange(auth, account);
  return signedIn(auth, caller.scope, account, session);
}

/**
 * The viewer's account, once the password has proved that it is the owner who asks.
 * @throws AppError BAD_USER_INPUT when it is wrong; RATE_LIMITED; UNAUTHENTICATED
 */
export async function requirePassword(
  { accounts, auth: { attempts } }: Pick<SignInDeps, 'accounts' | 'auth'>,
  { address }: Pick<Caller, 'address'>,
  userId: number,
  password: string,
): Promise<AccountEntity> {
  const account = requireAccount(await accounts.byUserId(userId));
  const given = { account, email: account.email, password, address };
  if (!(await verifyWithinLimits({ accounts, attempts }, given))) refuse('the password is wrong');
  return account;
}

/**
 * Sends a link to set a new password, where there is an account; the answer is the same and takes as long where there is none.
 * @throws AppError RATE_LIMITED; BAD_USER_INPUT where no mail can be sent
 */
export async function requestPasswordReset(
  { database, accounts, auth: { post, limits } }: SignInDeps,
  { address }: Pick<Caller, 'address'>,
  email: string,
): Promise<void> {
  if (!post) refuse('this server sends no mail; ask its administrator for a link');
  await limits.countMailOf(address);
  post.later(async (send) => {
    const account = await accounts.byEmail(normaliseEmail(email));
    if (!account || !(await limits.mayMail(account.accountId))) return;
    const link = await createLink(database, account, 'reset', post.publicUrl);
    await send({
      to: account.email,
      subject: 'Set a new password',
      text: `Somebody has asked to set a new password for your account at ${post.publicUrl}. If it was you:\n\n${link}\n\nThe link works once, for an hour. If it was not you, do nothing: your password stays.\n`,
    });
  });
}

/** Sets a new password by a link, and ends all sessions. @throws AppError BAD_USER_INPUT */
export async function resetPassword(
  { database, accounts, auth }: SignInDeps,
  { token, newPassword }: ResetPasswordInput,
  deadline: Deadline,
): Promise<void> {
  // Before anything is hashed: whoever has no link should not cost so much.
  const account = requireAccount(await accounts.byUserId(await userOfLink(database, 'reset', token)));
  await checkNewPassword(database, account, newPassword);
  const passwordHash = await hashPassword(newPassword);
  await writeInTransaction(database, deadline, async (manager) => {
    const userId = await useLink(manager, 'reset', token);
    await manager.update(AccountEntity, { userId }, { passwordHash });
    await manager.delete(AccountLinkEntity, { userId, purpose: 'reset' });
    await auth.sessions.endAll(manager, userId);
  });
  tellOfChange(auth, account);
}

async function checkNewPassword(
  { dataSource }: Pick<Database, 'dataSource'>,
  { userId, email }: AccountEntity,
  password: string,
): Promise<void> {
  const user = await dataSource.getRepository(UserEntity).findOneBy({ userId });
  checkPassword(password, knownTexts(email, user?.name ?? email));
}

function tellOfChange({ post, sessions }: Auth, { email, userId }: AccountEntity): void {
  sessions.tellEnded(userId);
  post?.later((send) =>
    send({
      to: email,
      subject: 'Your password was changed',
      text: `The password of your account at ${post.publicUrl} was changed, and all its sessions have ended. If it was not you, set another one:\n\n${post.publicUrl}/forgot-password\n`,
    }),
  );
}
