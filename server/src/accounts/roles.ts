import {
  AccountEntity,
  RoleChangeEntity,
  type AccountRole,
  type Database,
  normaliseEmail,
} from '@pocketrocket/schema/database';
import { AppError, type Logger, randomId } from '@pocketrocket/runtime';
import type { EntityManager } from 'typeorm';
import { checkFirst, refuse } from '../arguments/checks.ts';
import { placeholders } from '../database/batches.ts';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';

/** A role to give. */
export interface RoleChange {
  email: string;
  role: AccountRole;
  /** Names who does it. */
  changedBy: string;
  /** Refuses to take the role from the last administrator; who has the machine may. */
  keepsAdministrator?: boolean;
}

/**
 * Gives an account a role, and notes who did; giving the one it has changes nothing.
 * @returns true if it had another one
 * @throws AppError NOT_FOUND where nobody has the email address; BAD_USER_INPUT where nobody would be left to give one back
 */
export async function giveRole(database: Database, logger: Logger, change: RoleChange): Promise<boolean> {
  for (;;) {
    const changed = await tryToGiveRole(database, change);
    if (changed === 'again') continue;
    if (changed) logger.warn({ ...changed, role: change.role, changedBy: change.changedBy }, 'role given');
    return changed !== null;
  }
}

/** @returns whose role was changed; null where it was that one; `again` where there were other administrators than it had locked */
async function tryToGiveRole(
  database: Database,
  { email, role, changedBy, keepsAdministrator = false }: RoleChange,
): Promise<{ accountId: string } | null | 'again'> {
  const locked = keepsAdministrator ? await administratorsOf(database.dataSource.manager) : [];
  return writeInTransaction(database, NO_DEADLINE, async (manager) => {
    // Before anything is read, and all of them: two who take the role from each other do so one after the other.
    if (locked.length > 0)
      await manager.query(`UPDATE account SET role = role WHERE userId IN (${placeholders(locked)})`, locked);
    const account = await manager.findOneBy(AccountEntity, { email: normaliseEmail(email) });
    if (!account) throw new AppError('NOT_FOUND', `there is no account with the email address ${email}`);
    if (account.role === role) return null;
    if (keepsAdministrator && account.role === 'admin') {
      const administrators = await administratorsOf(manager);
      if (administrators.some((userId) => !locked.includes(userId))) return 'again';
      if (administrators.length < 2) refuse('this is the last administrator: make another account one first');
    }
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
}

/** Their numbers, ascending. */
async function administratorsOf(manager: EntityManager): Promise<number[]> {
  const accounts = await manager.find(AccountEntity, {
    select: { userId: true },
    where: { role: 'admin' },
    order: { userId: 'ASC' },
  });
  return accounts.map(({ userId }) => userId);
}

/** The last roles given, latest first. @throws AppError BAD_USER_INPUT for a length out of range */
export async function listRoleChanges({ dataSource }: Database, first: number): Promise<RoleChangeEntity[]> {
  checkFirst(first);
  return dataSource
    .getRepository(RoleChangeEntity)
    .find({ order: { changedAtSeconds: 'DESC', roleChangeId: 'ASC' }, take: first });
}
