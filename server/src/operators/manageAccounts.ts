import type { AccountOverview } from '@pocketrocket/schema';
import { AccountEntity, type AccountRole, type Database } from '@pocketrocket/schema/database';
import { AppError, type Logger } from '@pocketrocket/runtime';
import { giveRole } from '../accounts/roles.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { eraseEverywhere, type ErasingDeps } from '../privacy/eraseUser.ts';
import type { Deadline } from '../timing/deadline.ts';
import { accountOverview } from './accounts.ts';

export interface ManagingAccountsDeps {
  database: Database;
  logger: Logger;
  /** Names who does it, for the log. */
  changedBy: string;
}

/** Gives an account a role. @throws AppError NOT_FOUND; BAD_USER_INPUT where nobody would be left to give one back */
export async function setAccountRole(
  { database, logger, changedBy }: ManagingAccountsDeps,
  userId: number,
  role: AccountRole,
): Promise<AccountOverview> {
  const { email } = await requireAccountOf(database, userId);
  await giveRole(database, logger, { email, role, changedBy, keepsAdministrator: true });
  return requireOverview(database, userId);
}

/** Ends every session of an account; whoever knows its password can sign in again. @throws AppError NOT_FOUND */
export async function endSessionsOf(
  { database, logger, changedBy, sessions }: ManagingAccountsDeps & { sessions: Sessions },
  userId: number,
  deadline: Deadline,
): Promise<AccountOverview> {
  const { accountId } = await requireAccountOf(database, userId);
  await sessions.endEverywhere(userId, deadline);
  logger.warn({ accountId, changedBy }, 'sessions ended');
  return requireOverview(database, userId);
}

/**
 * Deletes an account with all that is stored of it, as its owner could.
 * @throws AppError NOT_FOUND; BAD_USER_INPUT for an administrator's; UPSTREAM_UNAVAILABLE
 */
export async function deleteAccount(
  deps: ManagingAccountsDeps & ErasingDeps,
  userId: number,
  deadline: Deadline,
): Promise<void> {
  const { database, logger, changedBy } = deps;
  const { accountId } = await requireAccountOf(database, userId);
  await eraseEverywhere(deps, userId, deadline);
  logger.warn({ accountId, changedBy }, 'account deleted');
}

async function requireAccountOf({ dataSource }: Database, userId: number): Promise<AccountEntity> {
  const account = await dataSource.getRepository(AccountEntity).findOneBy({ userId });
  if (!account) throw new AppError('NOT_FOUND', `user ${userId} has no account`);
  return account;
}

async function requireOverview(database: Database, userId: number): Promise<AccountOverview> {
  const account = await accountOverview(database, userId);
  if (!account) throw new AppError('NOT_FOUND', `user ${userId} has no account any more`);
  return account;
}
