import { randomToken } from '@pocketrocket/runtime';
import {
  AccountEntity,
  AccountLinkEntity,
  type Database,
  type LinkPurpose,
} from '@pocketrocket/schema/database';
import { LessThan, type EntityManager } from 'typeorm';
import { refuse } from '../arguments/checks.ts';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import { NO_DEADLINE, type Deadline } from '../timing/deadline.ts';
import type { Auth } from './auth.ts';
import { digest } from './digest.ts';

interface LinkDeps {
  database: Database;
  auth: Pick<Auth, 'post' | 'limits'>;
}

/** The portal's page behind each link, and how long the link works. */
const LINKS = {
  reset: { page: 'reset-password', ttlSeconds: 3_600 },
  confirm: { page: 'confirm-email', ttlSeconds: 7 * 86_400 },
} as const satisfies Record<LinkPurpose, { page: string; ttlSeconds: number }>;

/**
 * Makes a link that works once. The token is in the fragment, which browsers send to no server and no log holds.
 * @param origin of the portal
 */
export async function createLink(
  database: Database,
  { userId }: Pick<AccountEntity, 'userId'>,
  purpose: LinkPurpose,
  origin: string,
): Promise<string> {
  const { page, ttlSeconds } = LINKS[purpose];
  const token = randomToken();
  await writeInTransaction(database, NO_DEADLINE, async (manager) => {
    await manager.delete(AccountLinkEntity, { expiresAtSeconds: LessThan(nowSeconds()) });
    await manager.insert(AccountLinkEntity, {
      tokenHash: digest(token),
      userId,
      purpose,
      expiresAtSeconds: nowSeconds() + ttlSeconds,
    });
  });
  return `${origin}/${page}#${token}`;
}

/** The user whom a link belongs to, which stays as it is. @throws AppError BAD_USER_INPUT when it does not work */
export async function userOfLink(
  { dataSource }: Database,
  purpose: LinkPurpose,
  token: string,
): Promise<number> {
  const link = await dataSource
    .getRepository(AccountLinkEntity)
    .findOneBy({ tokenHash: digest(token), purpose });
  return requireWorking(link).userId;
}

/** Uses a link up, within a transaction. @returns its user @throws AppError BAD_USER_INPUT when it does not work */
export async function useLink(manager: EntityManager, purpose: LinkPurpose, token: string): Promise<number> {
  const tokenHash = digest(token);
  // Locks the row: of two that use the link one finds it gone.
  await manager.query('UPDATE account_link SET expiresAtSeconds = expiresAtSeconds WHERE tokenHash = ?', [
    tokenHash,
  ]);
  const link = await manager.findOneBy(AccountLinkEntity, { tokenHash, purpose });
  const { userId } = requireWorking(link);
  await manager.delete(AccountLinkEntity, { tokenHash });
  return userId;
}

function requireWorking(link: AccountLinkEntity | null): AccountLinkEntity {
  if (!link || link.expiresAtSeconds <= nowSeconds())
    refuse('this link has expired or was used before; ask for another one');
  return link;
}

/** Sends the link that confirms an account's address, where mails can be sent and the address is not confirmed yet. */
export function sendConfirmation(
  { database, auth: { post, limits } }: LinkDeps,
  account: AccountEntity,
): void {
  if (account.emailConfirmedAtSeconds !== null) return;
  post?.later(async (send) => {
    if (!(await limits.mayMail(account.accountId))) return;
    const link = await createLink(database, account, 'confirm', post.publicUrl);
    await send({
      to: account.email,
      subject: 'Confirm your email address',
      text: `Somebody has opened an account at ${post.publicUrl} with this email address. If it was you, confirm the address:\n\n${link}\n\nThe link works once, for seven days. If it was not you, do nothing.\n`,
    });
  });
}

/** Confirms the address of the account that a link was sent to. @throws AppError BAD_USER_INPUT when it does not work */
export async function confirmEmail(database: Database, token: string, deadline: Deadline): Promise<void> {
  await writeInTransaction(database, deadline, async (manager) => {
    const userId = await useLink(manager, 'confirm', token);
    await manager.update(AccountEntity, { userId }, { emailConfirmedAtSeconds: nowSeconds() });
  });
}
