import { FIRST_MAPPED_ID } from '@pocketrocket/formats';
import { checkOnlyOne } from '../arguments/checks.ts';
import { isOfDataset } from '../database/externalIds.ts';
import type { RequestScope, StoredUser } from '../loaders/requestScope.ts';

/** Names one user; exactly one of them is given. */
export interface UserKey {
  userId: number | null | undefined;
  /** As the data set's files write it; administrators' alone to ask for. */
  externalId: string | null | undefined;
}

/**
 * The user who is named; null where there is none. An external id may be a name or an address: who knows it must not learn from it
 * what its user has rated.
 * @throws AppError BAD_USER_INPUT for none or several keys; what `requireAdmin` throws where it is asked by external id
 */
export async function findUser(
  scope: RequestScope,
  key: UserKey,
  requireAdmin: () => Promise<unknown>,
): Promise<StoredUser | null> {
  checkOnlyOne(key);
  if (key.userId !== null && key.userId !== undefined) return scope.users.load(key.userId);
  await requireAdmin();
  const userId = await scope.userIdOf.load(key.externalId ?? '');
  return userId === null ? null : scope.users.load(userId);
}

/** The user's id as the data set's files write it; null for an account. */
export function externalIdOfUser(scope: RequestScope, userId: number): string | null | Promise<string> {
  if (!isOfDataset(userId)) return null;
  return userId < FIRST_MAPPED_ID ? String(userId) : scope.externalIdOfUser.load(userId);
}
