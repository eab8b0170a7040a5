import {
  AccountEntity,
  RoleChangeEntity,
  type AccountRole,
  type Database,
  normaliseEmail,
} from '@pocketrocket/schema/database';
import { AppError, type Logger, randomId } from '@pocketrocket/runtime';
import { checkFirst } from '../arguments/checks.ts';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';

/**
 * Gives an account a role, and notes who did; giving the one it has changes nothing.
 * @returns true if it had another one
 * @throws AppError NOT_FOUND where nobody has the email address
 */
export async function giveRole(
  database: Database,
  logger: Logger,
  { email, role, changedBy }: { email: string; role: AccountRole; changedBy: string },
): Promise<boolean> {
  const changed = await writeInTransaction(database, NO_DEADLINE, async (manager) => {
    const account = await manager.findOneBy(AccountEntity, { email: normaliseEmail(email) });
    if (!account) throw new AppError('NOT_FOUND', `there is no account with the email address ${email}`);
    if (account.role === role) return null;
    const { userId, accountId } = account;
    await manager.update(AccountEntity, { userId }, { role });
    await manager.insert(RoleChangeEntity, {
      roleChangeId: randomId(),
      userId,
      role,
      changedBy,
      changedAtSeconds: nowSeconds(),
    });
    return { accountId };
  });
  if (changed) logger.warn({ ...changed, role, changedBy }, 'role given');
  return changed !== null;
}

/** The last roles given, latest first. @throws AppError BAD_USER_INPUT for a length out of range */
export async function listRoleChanges({ dataSource }: Database, first: number): Promise<RoleChangeEntity[]> {
  checkFirst(first);
  return dataSource
    .getRepository(RoleChangeEntity)
    .find({ order: { changedAtSeconds: 'DESC', roleChangeId: 'ASC' }, take: first });
}
