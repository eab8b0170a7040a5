import { AppError } from '@pocketrocket/runtime';
import { FIRST_MAPPED_ID } from '@pocketrocket/formats';
import {
  AppEntity,
  AppUserEntity,
  ErasedAccountEntity,
  EXTERNAL_ID_LENGTH,
  FIRST_APP_USER_ID,
  insertRows,
  lockApp,
  toHistogramColumns,
  UserEntity,
  type Database,
} from '@pocketrocket/schema/database';
import { In, LessThan, type EntityManager } from 'typeorm';
import { checkName } from '../accounts/credentials.ts';
import { checkEntries, checkText } from '../arguments/checks.ts';
import { writeInTransaction } from '../database/retry.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';
import type { AppAccess } from './appAccess.ts';

/** The app whose users are written. */
export type AppOfUsers = Pick<AppAccess, 'appId' | 'sharesUsers'>;

interface GivenUser {
  externalId: string;
  /** Left out or null leaves the one that is there. */
  name?: string | null | undefined;
}

/**
 * Writes users of an app; of two entries of one user the last one counts.
 * @throws AppError BAD_USER_INPUT for more than 500 entries, a bad id or name; UNAUTHENTICATED when the app is gone
 */
export async function upsertUsers(
  database: Database,
  scope: Pick<RequestScope, 'clear'>,
  app: AppOfUsers,
  given: readonly GivenUser[],
  deadline: Deadline,
): Promise<{ createdCount: number; updatedCount: number }> {
  checkEntries(given, 'users');
  const wanted = new Map<string, string | null>();
  for (const { externalId, name } of given) {
    checkText(externalId, 'externalId', EXTERNAL_ID_LENGTH);
    wanted.set(
      externalId,
      name === null || name === undefined ? (wanted.get(externalId) ?? null) : checkName(name),
    );
  }
  const createdCount = await writeInTransaction(database, deadline, async (manager) => {
    await requireApp(manager, app);
    const held = await heldUsers(manager, app.appId, [...wanted.keys()]);
    for (const user of held.values()) await rename(manager, app, user, wanted.get(user.externalId) ?? null);
    const missing = [...wanted].flatMap(([externalId, name]) =>
      held.has(externalId) ? [] : [{ externalId, name }],
    );
    await insertUsers(manager, app, missing);
    return missing.length;
  });
  scope.clear();
  return { createdCount, updatedCount: wanted.size - createdCount };
}

/** The users of an app by their external ids; those who are new are made. @throws AppError UNAUTHENTICATED when the app is gone */
export async function findOrMakeUsers(
  database: Database,
  app: AppOfUsers,
  externalIds: readonly string[],
  deadline: Deadline,
): Promise<Map<string, number>> {
  const numbers = numbersOf(await heldUsers(database.dataSource.manager, app.appId, externalIds));
  if (numbers.size === externalIds.length) return numbers;
  return writeInTransaction(database, deadline, async (manager) => {
    await requireApp(manager, app);
    const held = await heldUsers(manager, app.appId, externalIds);
    const missing = externalIds.flatMap((externalId) =>
      held.has(externalId) ? [] : [{ externalId, name: null }],
    );
    const made = await insertUsers(manager, app, missing);
    return numbersOf(new Map([...held, ...made.map((user) => [user.externalId, user] as const)]));
  });
}

/** Locks an app. @throws AppError UNAUTHENTICATED when it is gone */
async function requireApp(manager: EntityManager, app: AppOfUsers): Promise<void> {
  await lockApp(manager, app.appId);
  await checkApp(manager, app);
}

/** Looks whether an app that is locked is there. @throws AppError UNAUTHENTICATED when it is gone */
export async function checkApp(manager: EntityManager, { appId }: Pick<AppOfUsers, 'appId'>): Promise<void> {
  if (!(await manager.existsBy(AppEntity, { appId })))
    throw new AppError('UNAUTHENTICATED', 'the app of this API key no longer exists');
}

async function heldUsers(
  manager: EntityManager,
  appId: string,
  externalIds: readonly string[],
): Promise<Map<string, AppUserEntity>> {
  if (externalIds.length === 0) return new Map();
  const users = await manager.findBy(AppUserEntity, { appId, externalId: In([...externalIds]) });
  return new Map(users.map((user) => [user.externalId, user]));
}

function numbersOf(users: ReadonlyMap<string, AppUserEntity>): Map<string, number> {
  return new Map([...users].map(([externalId, { userId }]) => [externalId, userId]));
}

async function rename(
  manager: EntityManager,
  { sharesUsers }: AppOfUsers,
  user: AppUserEntity,
  name: string | null,
): Promise<void> {
  if (name === null || name === user.name) return;
  const { userId } = user;
  await manager.update(AppUserEntity, { userId }, { name });
  if (sharesUsers) await manager.update(UserEntity, { userId }, { name });
}

/** Stores users under the next numbers that nobody has ever had. @throws AppError ENVIRONMENT when they are used up */
async function insertUsers(
  manager: EntityManager,
  { appId, sharesUsers }: AppOfUsers,
  given: readonly { externalId: string; name: string | null }[],
): Promise<AppUserEntity[]> {
  if (given.length === 0) return [];
  const last = await manager.maximum(AppUserEntity, 'userId');
  const lastErased = await manager.maximum(ErasedAccountEntity, 'userId', {
    userId: LessThan(FIRST_MAPPED_ID),
  });
  const first = Math.max(FIRST_APP_USER_ID, (last ?? 0) + 1, (lastErased ?? 0) + 1);
  if (first + given.length > FIRST_MAPPED_ID)
    throw new AppError('ENVIRONMENT', "there are no numbers left for other apps' users");
  const createdAtSeconds = nowSeconds();
  const users = given.map(({ externalId, name }, place) => ({
    ...{ userId: first + place, appId, externalId, name },
    ...{ ratingsVersion: 0, createdAtSeconds },
  }));
  await insertRows(
    manager,
    'app_user',
    ['userId', 'appId', 'externalId', 'name', 'ratingsVersion', 'createdAtSeconds'],
    users.map((user) => [user.userId, appId, user.externalId, user.name, 0, createdAtSeconds]),
  );
  if (sharesUsers)
    await manager.insert(
      UserEntity,
      users.map(({ userId, name }) => ({
        userId,
        name: nameOfAppUser({ userId, name }),
        histogram: toHistogramColumns([]),
      })),
    );
  return users;
}

/** The name of a user to whom the app gave none: never the external id, which may be an email address. */
export function nameOfAppUser({ userId, name }: Pick<AppUserEntity, 'userId' | 'name'>): string {
  return name ?? `User ${userId}`;
}
