import type { UpdateAccountInput } from '@pocketrocket/schema';
import { AccountEntity, lockUser, UserEntity, type Database } from '@pocketrocket/schema/database';
import type { Changes } from '../changes/changes.ts';
import { writeInTransaction } from '../database/retry.ts';
import type { RequestScope, StoredUser } from '../loaders/requestScope.ts';
import type { Deadline } from '../timing/deadline.ts';
import { checkName } from './credentials.ts';
import { requireUser } from './viewer.ts';

/**
 * Renames the viewer, or shares the ratings with everybody or with nobody; what is left out stays.
 * @throws AppError BAD_USER_INPUT; UNAUTHENTICATED when the account is gone
 */
export async function updateAccount(
  { database, changes }: { database: Database; changes: Changes },
  scope: RequestScope,
  userId: number,
  { name: given, sharesRatings }: UpdateAccountInput,
  deadline: Deadline,
): Promise<StoredUser> {
  const name = typeof given === 'string' ? checkName(given) : null;
  await writeInTransaction(database, deadline, async (manager) => {
    await lockUser(manager, userId);
    if (name !== null) await manager.update(UserEntity, { userId }, { name });
    if (typeof sharesRatings === 'boolean')
      await manager.update(AccountEntity, { userId }, { sharesRatings: sharesRatings ? 1 : 0 });
  });
  changes.announce({ userId });
  scope.clear();
  return requireUser(scope, userId);
}
