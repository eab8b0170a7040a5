import { FIRST_MAPPED_ID } from '@pocketrocket/formats';
import { requireScope, type AppAccess } from '../apps/appAccess.ts';
import { checkOnlyOne } from '../arguments/checks.ts';
import { isOfApp, isOfDataset } from '../database/externalIds.ts';
import type { RequestScope, StoredUser } from '../loaders/requestScope.ts';

/** Names one user; exactly one of them is given. */
export interface UserKey {
  userId: number | null | undefined;
  /** As the app that asks calls the user; for administrators, as the data set's files write it. */
  externalId: string | null | undefined;
}

/** The party that asks for a user. */
export interface UserAsker {
  app: () => Promise<AppAccess | null>;
  /** Throws for everybody but administrators. */
  requireAdmin: () => Promise<unknown>;
}

/**
 * The user who is named; null where there is none. With an API key an external id is that of one of the app's own users. Without, it is
 * the data set's, which may be a name or an address: who knows it must not learn from it what its user has rated.
 * @throws AppError BAD_USER_INPUT for none or several keys; FORBIDDEN for an API key without the scope; what `requireAdmin` throws where
 *   it is asked by external id without one
 */
export async function findUser(
  scope: RequestScope,
  key: UserKey,
  { app, requireAdmin }: UserAsker,
): Promise<StoredUser | null> {
  checkOnlyOne(key);
  if (key.userId !== null && key.userId !== undefined) return findUserByNumber(scope, key.userId, app);
  const externalId = key.externalId ?? '';
  const access = await app();
  if (access) return findAppUser(scope, requireScope(access, 'read', 'recommend'), externalId);
  await requireAdmin();
  const userId = await scope.userIdOf.load(externalId);
  return userId === null ? null : scope.users.load(userId);
}

/** The user of a number, among those whom everybody may see and the users of the app that asks; null where there is none. */
export async function findUserByNumber(
  scope: RequestScope,
  userId: number,
  app: UserAsker['app'],
): Promise<StoredUser | null> {
  const user = await scope.users.load(userId);
  if (user !== null || !isOfApp(userId)) return user;
  const access = await app();
  const appUser = access && (await scope.appUsers.load(userId));
  return appUser?.ofApp.appId === access?.appId ? appUser : null;
}

/** The app's own user of an external id; null where it has none. */
export async function findAppUser(
  scope: RequestScope,
  { appId, sharesUsers }: AppAccess,
  externalId: string,
): Promise<StoredUser | null> {
  const userId = await scope.appUserIdOf(appId).load(externalId);
  if (userId === null) return null;
  return sharesUsers ? scope.users.load(userId) : scope.appUsers.load(userId);
}

/** The user's id as the data set's files write it, or as the app calls the user; null for an account. */
export function externalIdOfUser(
  scope: RequestScope,
  userId: number,
): string | null | Promise<string | null> {
  if (isOfApp(userId)) return scope.appUsers.load(userId).then((user) => user?.ofApp.externalId ?? null);
  if (!isOfDataset(userId)) return null;
  return userId < FIRST_MAPPED_ID ? String(userId) : scope.externalIdOfUser.load(userId);
}
